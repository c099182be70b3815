import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatTicket, newTicket, parseTicket, storeKey } from "../../../../src/gateway/sessions/ticket.ts";

const bytes = (length: number) =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((array) => Buffer.from(array));

describe("a ticket", () => {
  it("is read as it was written", () => {
    fc.assert(
      fc.property(bytes(16), bytes(32), (id, key) => {
        expect(parseTicket(formatTicket({ id, key }))).toEqual({ id, key });
      }),
    );
  });

  it("has one spelling only", () => {
    const text = formatTicket({ id: Buffer.alloc(16), key: Buffer.alloc(32) });
    expect(text.endsWith("A")).toBe(true);
    // The same bytes for a lenient parser: the last character has unused bits.
    expect(parseTicket(`${text.slice(0, -1)}B`)).toBeUndefined();
  });

  it.each(["", "kal_", "kal__", "abc", " ", "kal_x_y", "KAL_", "../../etc/passwd"])("is not %j", (text) => {
    expect(parseTicket(text)).toBeUndefined();
  });

  it("is not a longer, shorter or padded one", () => {
    const text = formatTicket(newTicket());
    for (const other of [
      `${text}A`,
      text.slice(0, -1),
      `${text}=`,
      ` ${text}`,
      `${text}\n`,
      text.toUpperCase(),
    ]) {
      expect(parseTicket(other)).toBeUndefined();
    }
  });

  it("is never the same twice, in either part", () => {
    const all = Array.from({ length: 1000 }, newTicket);
    for (const half of ["id", "key"] as const)
      expect(new Set(all.map((ticket) => ticket[half].toString("hex"))).size).toBe(1000);
  });

  it("is stored under a hash of its id, not under the id", () => {
    const ticket = newTicket();
    expect(storeKey(ticket)).toHaveLength(43);
    expect(formatTicket(ticket)).not.toContain(storeKey(ticket));
    expect(storeKey({ ...ticket, key: newTicket().key })).toBe(storeKey(ticket));
  });
});
