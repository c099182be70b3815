import { describe, expect, it } from "vitest";
import { readableTime } from "../../../../../src/addin/taskpane/common/times.ts";

describe("readableTime", () => {
  const now = new Date(2026, 10, 21, 7, 0);
  const at = (day: number) => readableTime(new Date(2026, 10, day, 19, 5).toISOString(), now, "en-GB");

  it("leaves the day out today", () => {
    expect(at(21)).toBe("19:05");
  });

  it("names another day", () => {
    expect(at(22)).toBe("Sun 22 Nov, 19:05");
  });
});
