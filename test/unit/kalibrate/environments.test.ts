import { describe, expect, it } from "vitest";
import { builtInEnvironments, normaliseBaseUrl } from "../../../src/kalibrate/environments.ts";

describe("normaliseBaseUrl", () => {
  it.each([
    "https://dev.data.example.com/api",
    "https://dev.data.example.com/api/",
    "https://dev.data.example.com",
    "https://dev.data.example.com/",
    "  https://DEV.data.example.com/api//  ",
  ])("%j means the same", (text) => {
    expect(normaliseBaseUrl(text)).toBe("https://dev.data.example.com/api");
  });

  it("keeps a path that stands before /api", () => {
    expect(normaliseBaseUrl("https://example.com/kalibrate/API/")).toBe("https://example.com/kalibrate/API");
  });

  it("refuses what is no URL", () => {
    expect(() => normaliseBaseUrl("data.example.com")).toThrow(TypeError);
  });
});

it("built-in environments are in the form that everything else expects", () => {
  for (const { apiBaseUrl } of builtInEnvironments) expect(normaliseBaseUrl(apiBaseUrl)).toBe(apiBaseUrl);
});
