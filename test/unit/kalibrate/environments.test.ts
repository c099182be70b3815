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
    expect(normaliseBaseUrl(new URL(text))).toBe("https://dev.data.example.com/api");
  });

  it("keeps a path before /api", () => {
    const url = new URL("https://example.com/kalibrate/API/");
    expect(normaliseBaseUrl(url)).toBe("https://example.com/kalibrate/API");
  });
});

it("built-in environments are in the form that everything else expects", () => {
  for (const { apiBaseUrl } of builtInEnvironments)
    expect(normaliseBaseUrl(new URL(apiBaseUrl))).toBe(apiBaseUrl);
});
