import { describe, expect, it } from "vitest";
import { isTenant } from "../../../src/kalibrate/tenant.ts";

describe("a tenant", () => {
  it.each([
    "efa98c7b-2114-46e8-be99-954a4f1a2d9c",
    "EFA98C7B-2114-46E8-BE99-954A4F1A2D9C",
    "example.onmicrosoft.com",
    "example.com",
    "a-b.example.co.uk",
  ])("can be %s", (text) => {
    expect(isTenant(text)).toBe(true);
  });

  it.each([
    "",
    "common",
    "organizations",
    "consumers",
    "Common",
    "../x",
    "..",
    "a/b.example.com",
    "example.com/../common",
    "example.com?x=1",
    "example.com#x",
    "a@example.com",
    "example.com\r\nHost: evil.example",
    "example.com ",
    "%2e%2e.example",
    "exämple.com",
    "10.0.0.1",
    "-a.example.com",
    `${"a".repeat(64)}.com`,
    `${"a.".repeat(150)}com`,
    "efa98c7b-2114-46e8-be99-954a4f1a2d9",
    "{efa98c7b-2114-46e8-be99-954a4f1a2d9c}",
  ])("cannot be %j", (text) => {
    expect(isTenant(text)).toBe(false);
  });
});
