import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createTableReader } from "../../../../../src/addin/runtime/tables/table-reader.ts";
import type { Column, Table, TableValue } from "../../../../../src/kalibrate/table.ts";
import type { KalError } from "../../../../../src/kalibrate/errors.ts";

const columns: Column[] = [
  { name: "name", label: "Name", type: "text" },
  { name: "price", label: "Price", type: "number" },
];
const rows: TableValue[][] = [
  ["A", 1],
  ["Ä\n日", null],
];

const head = JSON.stringify({ columns, asOf: "2026-11-26T00:00:00Z" });
const whole = linesOf(head, ...rows.map((row) => JSON.stringify(row)), JSON.stringify({ rowCount: 2 }));

function linesOf(...lines: string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}

/** Read in pieces of so many bytes. */
function read(text: string, size = 1_000_000, maxRows = 1000): Table {
  const reader = createTableReader(maxRows);
  const bytes = new TextEncoder().encode(text);
  for (let from = 0; from < bytes.length; from += size) reader.take(bytes.subarray(from, from + size));
  return reader.end();
}

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return (error as KalError).code ?? (error as Error).name;
  }
  return "none";
}

describe("a streamed table", () => {
  it("keeps how many records were superseded", () => {
    const counted = JSON.stringify({ columns, asOf: "2026-11-26T00:00:00Z", superseded: 7 });
    expect(read(linesOf(counted, JSON.stringify({ rowCount: 0 })))).toMatchObject({ superseded: 7 });
  });

  it("is the same however its bytes are cut", () => {
    const values = fc.array(
      fc.tuple(fc.string({ unit: "grapheme" }), fc.oneof(fc.integer(), fc.constant(null))),
    );
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 50 }), (given, size) => {
        const text = linesOf(
          head,
          ...given.map((row) => JSON.stringify(row)),
          JSON.stringify({ rowCount: given.length }),
        );
        expect(read(text, size)).toEqual({ columns, asOf: "2026-11-26T00:00:00Z", rows: given });
      }),
    );
  });

  it("is never whole when it is cut short, wherever", () => {
    const bytes = new TextEncoder().encode(whole).length;
    // The last line break alone may be missing to nobody's harm; it counts as cut all the same.
    for (let length = 0; length < bytes; length++) {
      const reader = createTableReader(1000);
      reader.take(new TextEncoder().encode(whole).subarray(0, length));
      expect(codeOf(() => reader.end())).toBe("KAL_GATEWAY_INTERNAL");
    }
  });

  it.each([
    ["a count that is too small", linesOf(head, '["A",1]', '["B",2]', '{"rowCount":1}')],
    ["a count that is too large", linesOf(head, '["A",1]', '{"rowCount":2}')],
    ["a row that is too short", linesOf(head, '["A"]', '{"rowCount":1}')],
    ["a row that is too long", linesOf(head, '["A",1,2]', '{"rowCount":1}')],
    ["a line that is no JSON", linesOf(head, '["A",1', '{"rowCount":1}')],
    ["an empty line", linesOf(head, "", '{"rowCount":0}')],
    ["null for a row", linesOf(head, "null", '{"rowCount":1}')],
    ["an error in place of the count", linesOf(head, '["A",1]', '{"error":{"code":"KAL_TIMEOUT"}}')],
    ["rows behind the count", linesOf(head, '{"rowCount":0}', '["A",1]')],
    ["two counts", linesOf(head, '{"rowCount":0}', '{"rowCount":0}')],
    ["a value that is none", linesOf(head, '["A",{}]', '{"rowCount":1}')],
    ["an error that the catalogue does not have", linesOf(head, '["A",{"error":"x"}]', '{"rowCount":1}')],
    ["columns without names", linesOf('{"columns":[{}],"asOf":"2026-11-26T00:00:00Z"}', '{"rowCount":0}')],
    ["no time", linesOf(JSON.stringify({ columns }), '{"rowCount":0}')],
    ["no columns", linesOf('{"columns":[]}', '{"rowCount":0}')],
    ["no head", linesOf('["A",1]', '{"rowCount":1}')],
    ["null for a head", linesOf("null", '{"rowCount":0}')],
  ])("with %s is refused", (_, text) => {
    expect(codeOf(() => read(text))).toBe("KAL_GATEWAY_INTERNAL");
  });

  it("that begins with no JSON is not of our service, and tells so as a syntax error", () => {
    expect(codeOf(() => read("<!doctype html>\n"))).toBe("SyntaxError");
  });

  it("with more rows than the sheet takes is given up as soon as that is certain", () => {
    expect(read(whole, 10, 2).rows).toHaveLength(2);
    const reader = createTableReader(1);
    const untilSecondRow = linesOf(head, ...rows.map((row) => JSON.stringify(row)));
    expect(codeOf(() => reader.take(new TextEncoder().encode(untilSecondRow)))).toBe("KAL_TOO_LARGE");
  });

  it("says how many rows have come", () => {
    const reader = createTableReader(10);
    const counts = whole.split(/(?<=\n)/).map((line) => {
      reader.take(new TextEncoder().encode(line));
      return reader.rowCount;
    });
    expect(counts).toEqual([0, 1, 2, 2]);
  });
});
