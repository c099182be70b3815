import { afterEach, expect, it } from "vitest";
import { nowText } from "../../../../src/addin/runtime/now-text.ts";

const zone = process.env["TZ"];
afterEach(() => void (zone === undefined ? delete process.env["TZ"] : (process.env["TZ"] = zone)));

it.each([
  ["UTC", "2026-11-20T08:05:59+00:00"],
  ["Asia/Kathmandu", "2026-11-20T13:50:59+05:45"],
  ["America/St_Johns", "2026-11-20T04:35:59-03:30"],
])("gives the clock of %s with its offset", (name, text) => {
  process.env["TZ"] = name;
  expect(nowText(new Date("2026-11-20T08:05:59.999Z"))).toBe(text);
});
