import { describe, expect, it } from "vitest";
import { formatQuery } from "../../../../src/kalibrate/query/format.ts";
import { parseQuery } from "../../../../src/kalibrate/query/parse.ts";
import { resolveRelativeDates } from "../../../../src/kalibrate/query/relative-dates.ts";

/** In the local time zone of the computer that runs the test, like an analyst's clock. */
const now = new Date(2026, 2, 1, 9, 5, 59, 999);
const resolved = (text: string) => formatQuery(resolveRelativeDates(parseQuery(text), now));

describe("resolveRelativeDates", () => {
  it.each([
    ["effectiveTime>=today", "(effectiveTime>=2026-03-01)"],
    ["effectiveTime>=today-1", "(effectiveTime>=2026-02-28)"],
    ["effectiveTime<today + 31d", "(effectiveTime<2026-04-01)"],
    ["date=today-365", "(date=2025-03-01)"],
    ["createdOn>now", "(createdOn>2026-03-01T09:05:00)"],
    ["createdOn>now-12h", "(createdOn>2026-02-28T21:05:00)"],
    ["createdOn>now-90m", "(createdOn>2026-03-01T07:35:00)"],
    ["createdOn>now+1d", "(createdOn>2026-03-02T09:05:00)"],
    ["price>today", "(price>2026-03-01)"],
    ["name=today", "(name=today)"],
    ["name@=now", "(name@=now)"],
  ])("%s is %s", (text, expected) => expect(resolved(text)).toBe(expected));

  it("leaves a query without such dates as it is", () => {
    const query = parseQuery("(entityVariant=Own)+(limit=5)");
    expect(resolveRelativeDates(query, now)).toBe(query);
  });

  it("gives one answer to all cells that are calculated within a minute", () => {
    const query = parseQuery("createdOn>now-1h");
    const later = new Date(now.getTime() - 59_000);
    expect(resolveRelativeDates(query, later)).toEqual(resolveRelativeDates(query, now));
  });
});
