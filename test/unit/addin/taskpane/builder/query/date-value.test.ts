import { describe, expect, it } from "vitest";
import {
  changeWay,
  enteredAs,
  readDateValue,
  writeDateValue,
} from "../../../../../../src/addin/taskpane/builder/query/date-value.ts";

describe("dates in a filter", () => {
  it.each([
    ["today", "daysAgo", "0"],
    ["today-7", "daysAgo", "7"],
    ["now", "hoursAgo", "0"],
    ["now-12h", "hoursAgo", "12"],
    ["2026-11-20", "day", "2026-11-20"],
    ["2026-11-20T16:00", "moment", "2026-11-20T16:00"],
    ["today+3", "asWritten", "today+3"],
    ["now-90m", "asWritten", "now-90m"],
    ["2026-11-20T16:00:05", "asWritten", "2026-11-20T16:00:05"],
    ["", "asWritten", ""],
  ] as const)("reads %s and writes it again", (value, way, entered) => {
    expect(readDateValue(value)).toEqual({ way, entered });
    expect(writeDateValue({ way, entered })).toBe(value);
  });

  it("leaves whole minutes without seconds", () => {
    expect(readDateValue("2026-11-20T16:00:00")).toEqual({ way: "moment", entered: "2026-11-20T16:00" });
  });

  it.each([
    ["daysAgo", "1.5"],
    ["daysAgo", "0"],
    ["daysAgo", "seven"],
    ["hoursAgo", "-3"],
    ["hoursAgo", "0"],
    ["hoursAgo", "999999"],
    ["day", "2026-11-20"],
  ] as const)("keeps in its input what was entered as %s: %s", (way, entered) => {
    expect(enteredAs(way, writeDateValue({ way, entered }))).toBe(entered);
  });

  it("has no value while nothing is entered", () => {
    expect(writeDateValue({ way: "daysAgo", entered: "" })).toBe("");
  });

  it("keeps the day from one way to another", () => {
    expect(changeWay("2026-11-20", "moment", "2026-11-26")).toBe("2026-11-20T00:00");
    expect(changeWay("2026-11-20T16:00", "day", "2026-11-26")).toBe("2026-11-20");
    expect(changeWay("today-7", "day", "2026-11-26")).toBe("2026-11-26");
    expect(changeWay("2026-11-20", "daysAgo", "2026-11-26")).toBe("today-7");
    expect(changeWay("today+3", "asWritten", "2026-11-26")).toBe("today+3");
  });
});
