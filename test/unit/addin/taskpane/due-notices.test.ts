import { describe, expect, it } from "vitest";
import { dueNotices } from "../../../../src/addin/taskpane/notices/due-notices.ts";

const held = {
  name: "production",
  label: "Production",
  environment: "production",
  ticket: "t",
  expiresAt: "2026-11-26T18:00:00.000Z",
};
const at = (time: string) => Date.parse(time);

describe("what is due", () => {
  it.each([
    { now: "2026-11-26T16:59:59.000Z", kinds: [] },
    { now: "2026-11-26T17:00:00.000Z", kinds: ["ending"] },
    { now: "2026-11-26T19:00:00.000Z", kinds: ["ending"] },
  ])("a connection that ends at 18:00, at $now: $kinds", ({ now, kinds }) => {
    expect(dueNotices(held, undefined, at(now)).map(({ kind }) => kind)).toEqual(kinds);
  });

  const far = { ...held, expiresAt: "2030-01-01T00:00:00.000Z" };
  it.each([
    { expires: "2026-12-11", said: undefined },
    { expires: "2026-12-10", said: "expires in 14 days" },
    { expires: "2026-11-27", said: "expires tomorrow" },
    { expires: "2026-11-26", said: "expires today" },
    { expires: "2026-11-25", said: "has expired" },
    { expires: "2020-01-01", said: "has expired" },
    { expires: "2026-13-45", said: undefined },
    { expires: "soon", said: undefined },
  ])("a secret that expires on $expires: $said", ({ expires, said }) => {
    // In the middle of the day, wherever the test runs.
    const [notice, ...others] = dueNotices(far, expires, new Date(2026, 10, 26, 12).getTime());
    expect(others).toEqual([]);
    if (said === undefined) expect(notice).toBeUndefined();
    else expect(notice?.text).toContain(said);
    expect(notice?.intent).toBe(said === undefined ? undefined : said === "has expired" ? "warning" : "info");
  });
});
