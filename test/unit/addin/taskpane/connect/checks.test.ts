import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import {
  type Check,
  checkBaseUrl,
  checkClientId,
  checkExpiry,
  checkLabel,
  checkScope,
  checkSecret,
  checkTenant,
} from "../../../../../src/addin/taskpane/connect/checks.ts";
import { expiryField, labelField, requiredFields } from "../../../../../src/addin/taskpane/connect/fields.ts";

const guid = "3f2b8c1e-0d4a-4c55-9e7b-61c0a2d4f890";

interface Case {
  readonly value: string;
  readonly severity: "error" | "warning" | undefined;
  readonly correction?: string;
}

const right = (value: string): Case => ({ value, severity: undefined });
const wrong = (value: string, correction?: string): Case => ({
  value,
  severity: "error",
  ...(correction !== undefined && { correction }),
});

const table: readonly { readonly check: Check; readonly name: string; readonly cases: readonly Case[] }[] = [
  {
    name: "client id",
    check: checkClientId,
    cases: [
      right(guid),
      right(guid.toUpperCase()),
      wrong("me"),
      wrong(`{${guid}}`, guid),
      wrong(`Client ID: ${guid}`, guid),
      wrong(`api://${guid}/.default`),
      wrong(`${guid}0`),
      wrong(guid.replaceAll("-", "")),
      wrong(`${guid}, ${guid}`, guid),
      wrong("someone@example.com"),
      wrong("aB3~secret.value-with_signs"),
      wrong("https://dev.data.example.com/api"),
    ],
  },
  {
    name: "tenant",
    check: checkTenant,
    cases: [
      right(guid),
      right("example.onmicrosoft.com"),
      right("example.co"),
      wrong("common"),
      wrong("Organizations"),
      wrong("consumers"),
      wrong("example"),
      wrong("someone@example.com"),
      wrong(`{${guid}}`, guid),
      wrong("../example.com"),
      wrong("-example.com"),
      wrong("two words.com"),
      wrong(`https://login.example.com/${guid}/oauth2/v2.0/token`, guid),
      wrong("https://login.example.com/example.onmicrosoft.com/oauth2/token", "example.onmicrosoft.com"),
      wrong("https://login.example.com/common/oauth2/token"),
      wrong("example.onmicrosoft.com/", "example.onmicrosoft.com"),
    ],
  },
  {
    name: "scope",
    check: checkScope,
    cases: [
      right(`api://data.example.com/${guid}/.default`),
      right(`api://${guid}/.default`),
      right("https://data.example.com/.default"),
      wrong(`api://data.example.com/${guid}`, `api://data.example.com/${guid}/.default`),
      wrong(`api://data.example.com/${guid}/`, `api://data.example.com/${guid}/.default`),
      wrong(`api://data.example.com/${guid}/.Default`, `api://data.example.com/${guid}/.default`),
      wrong(guid, `api://${guid}/.default`),
      wrong(`${guid}/.default`, `api://${guid}/.default`),
      wrong(`api://data.example.com/${guid}/default`, `api://data.example.com/${guid}/.default`),
      wrong(`scope=api://${guid}/.default`, `api://${guid}/.default`),
      wrong(`Scope: api://data.example.com/${guid}/.Default`, `api://data.example.com/${guid}/.default`),
      wrong("data"),
      wrong(".default"),
      wrong("api:///.default"),
      wrong(`api:${guid}/.default`),
      wrong("api://one/.default api://two/.default"),
    ],
  },
  {
    name: "client secret",
    check: checkSecret,
    cases: [right("aB3~secret.value-with_signs"), { value: guid, severity: "warning" }],
  },
  {
    name: "name in formulas",
    check: checkLabel,
    cases: [
      right("north-2"),
      right("a.b_C"),
      wrong("Northern region", "Northern-region"),
      wrong("north:price", "north-price"),
      wrong("“north”", "north"),
      wrong("=1+1", "1-1"),
      wrong("n".repeat(41), "n".repeat(40)),
      wrong("::"),
      wrong("Nürnberg", "Nurnberg"),
      wrong("north!A1", "north-A1"),
      wrong("a/b", "a-b"),
      wrong("a\tb", "a-b"),
    ],
  },
  {
    name: "base URL",
    check: checkBaseUrl,
    cases: [
      right("https://dev.data.example.com/api"),
      right("https://dev.data.example.com"),
      right("https://dev.data.example.com:8443/api/"),
      wrong("http://dev.data.example.com/api", "https://dev.data.example.com/api"),
      wrong("dev.data.example.com/api", "https://dev.data.example.com/api"),
      wrong("ftp://dev.data.example.com"),
      wrong("https://somebody@dev.data.example.com"),
      wrong("the data API"),
      wrong("file:///C:/data"),
      wrong("https://localhost"),
      wrong("https://user:word@dev.data.example.com/api"),
      wrong("https://"),
      wrong("https://dev.data.example.com/api?limit=1", "https://dev.data.example.com/api"),
      wrong("dev.data.example.com/api#top", "https://dev.data.example.com/api"),
    ],
  },
];

describe.each(table)("check of the $name", ({ check, cases }) => {
  it.each(cases)("$value", ({ value, severity, correction }) => {
    const finding = check(value);
    expect(finding?.severity).toBe(severity);
    expect(finding?.correction).toBe(correction);
  });

  it("is content with its own correction, whatever was typed", () => {
    const parts = fc.constantFrom(
      guid,
      "api://",
      "https://",
      "http://",
      "/",
      ".default",
      "example.com",
      "x",
      " ",
    );
    const typed = fc.oneof(
      fc.string({ minLength: 1 }),
      fc.array(parts, { minLength: 1 }).map((all) => all.join("")),
    );
    fc.assert(
      fc.property(typed, (value) => {
        const correction = check(value)?.correction;
        if (correction !== undefined) expect(check(correction)?.severity).not.toBe("error");
      }),
    );
  });
});

describe("the day on which a secret expires", () => {
  it.each([
    { now: new Date(2026, 10, 26, 0, 1), value: "2026-11-26", isWrong: false },
    { now: new Date(2026, 10, 26, 23, 59), value: "2026-11-26", isWrong: false },
    { now: new Date(2026, 10, 26, 0, 1), value: "2026-11-25", isWrong: true },
    { now: new Date(2026, 10, 26, 12), value: "0026-12-01", isWrong: true },
    { now: new Date(2026, 10, 26, 12), value: "2028-02-29", isWrong: false },
  ])("$value at $now: wrong is $isWrong", ({ now, value, isWrong }) => {
    vi.useFakeTimers({ now });
    expect(checkExpiry(value)?.severity).toBe(isWrong ? "error" : undefined);
    vi.useRealTimers();
  });
});

describe("the table of fields", () => {
  it("lets no failure be about two fields", () => {
    const codes = [...requiredFields, expiryField, labelField].flatMap((field) => field.codes);
    expect(new Set(codes).size).toBe(codes.length);
  });
});
