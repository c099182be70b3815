import { expect, it } from "vitest";
import { readable } from "../../../../../../src/addin/taskpane/builder/preview/readable-value.ts";

it.each([
  ["2026-11-20", "date", "2026-11-20"],
  ["2026-11-20T16:05:59.9999999Z", "date", "2026-11-20"],
  ["2026-11-20T16:05:59.9999999+01:00", "datetime", "2026-11-20 16:05"],
  ["2026-11-20", "datetime", "2026-11-20 00:00"],
  ["2026-11-20T24:00:00", "datetime", "2026-11-21 00:00"],
  ["1850-06-01T10:00:00", "datetime", "1850-06-01T10:00:00"],
  ["Friday, 20 November 2026", "datetime", "Friday, 20 November 2026"],
  ["unknown since 2019", "date", "unknown since 2019"],
  ["2026-11-20T16:05:00", "text", "2026-11-20T16:05:00"],
  ["90071992547409931", "number", "90071992547409931"],
  [{ error: "KAL_NUMBER_TOO_LARGE" }, "number", "#VALUE!"],
  [null, "number", ""],
] as const)("%j in a column of type %s is previewed as its cell shows it: %s", (value, type, shown) => {
  expect(readable(value, type)).toBe(shown);
});
