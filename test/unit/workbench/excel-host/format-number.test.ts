import { describe, expect, it } from "vitest";
import { formatNumber } from "../../../../src/workbench/excel-host/format-number.ts";

describe("a number in a cell", () => {
  it.each<[number, string | undefined, string]>([
    [1.5, undefined, "1.5"],
    [0.1 + 0.2, undefined, "0.3"],
    [-1e21, "General", "-1e+21"],
    [1.459, "0.00", "1.459"],
    [45658, "yyyy-mm-dd", "2025-01-01"],
    [45658.999, "yyyy-mm-dd", "2025-01-01"],
    [45658.4375, "yyyy-mm-dd hh:mm", "2025-01-01 10:30"],
    // A minute is 1/1440 of a day, so computed times may be slightly too small or too large.
    [45658 + 61 / 1440, "yyyy-mm-dd hh:mm", "2025-01-01 01:01"],
    [45658 + 86399 / 86400, "yyyy-mm-dd hh:mm:ss", "2025-01-01 23:59:59"],
    [45351, "dd/mm/yy", "29/02/24"],
    [45658.75, `d.m.yyyy "at" h\\hmm`, "1.1.2025 at 18h00"],
    [1, "yyyy-mm-dd", "1900-01-01"],
    [61, "yyyy-mm-dd", "1900-03-01"],
    [-1, "yyyy-mm-dd", "########"],
    [7, "[Red]0", "7"],
  ])("%d with %s shows as %s", (value, format, text) => {
    expect(formatNumber(value, format)).toBe(text);
  });
});
