import { describe, expect, it } from "vitest";
import { isLoopbackAddress, matchesHost } from "../../../src/gateway/destinations.ts";
import { createEnvironments } from "../../../src/gateway/environments.ts";
import { builtInEnvironments, type Environment } from "../../../src/kalibrate/environments.ts";
import type { KalError } from "../../../src/kalibrate/errors.ts";

const sample: Environment = {
  id: "sample",
  label: "Sample data",
  apiBaseUrl: "http://127.0.0.1:4100/api",
  authority: "http://127.0.0.1:4100",
};
const settings = {
  environments: [sample, ...builtInEnvironments],
  allowedApiHosts: ["*.thekalibratecloud.com", "data.example.com", "odd.example.com:8443"],
  allowLoopback: false,
};
const environments = createEnvironments(settings);

function codeAt(url: string, allowLoopback = false): string {
  try {
    createEnvironments({ ...settings, allowLoopback }).at(url);
    return "allowed";
  } catch (error) {
    return (error as KalError).code;
  }
}

describe("a typed base URL", () => {
  it.each([
    "https://eu.data.thekalibratecloud.com/api",
    "https://eu.data.thekalibratecloud.com",
    " https://EU.data.thekalibratecloud.com/api/ ",
  ])("is accepted as people write it: %s", (url) => {
    expect(environments.at(url)).toEqual({
      id: "eu.data.thekalibratecloud.com",
      label: "eu.data.thekalibratecloud.com",
      apiBaseUrl: "https://eu.data.thekalibratecloud.com/api",
      authority: "https://login.microsoftonline.com",
    });
  });

  it("means the configured environment at that address, if there is one", () => {
    expect(environments.at("https://dev.data.thekalibratecloud.com").id).toBe("sandpit");
    expect(environments.at("http://127.0.0.1:4100/").id).toBe("sample");
  });

  it.each([
    "https://example.net",
    "https://thekalibratecloud.com/api",
    "https://xthekalibratecloud.com/api",
    "https://dev.data.thekalibratecloud.com.example.net/api",
    "https://dev.data.thekalibratecloud.com@example.net/api",
    "https://example.net#dev.data.thekalibratecloud.com",
    "https://example.net?dev.data.thekalibratecloud.com",
    "https://example.net\\@dev.data.thekalibratecloud.com/api",
    "https://user:word@dev.data.thekalibratecloud.com/api",
    "https://user@dev.data.thekalibratecloud.com/api",
    "https://:word@dev.data.thekalibratecloud.com/api",
    "https://dev.data.thekalibratecloud.com./api",
    "https://dev.data.thekalibratecloud.com:8443/api",
    "https://odd.example.com/api",
    "http://dev.data.thekalibratecloud.com/api",
    "https://dev.thek\u0430libratecloud.com/api",
    "https://169.254.169.254/latest",
    "https://[::ffff:127.0.0.1]/api",
    "https://0x7f.1/api",
    "https://localhost/api",
    "http://127.0.0.1:4101/api",
    "http://[::1]:4100/api",
  ])("is refused elsewhere: %s", (url) => {
    expect(codeAt(url)).toBe("KAL_HOST_REFUSED");
  });

  it.each([
    "",
    "dev.data",
    "ftp://dev.data.thekalibratecloud.com",
    "javascript:alert(1)",
    "//dev",
    "file:///etc/passwd",
  ])("must be a web address: %j", (url) => {
    expect(codeAt(url)).toBe("KAL_REQUEST_INVALID");
  });

  it.each([
    ["http://127.0.0.1:4101/api", "allowed"],
    ["http://localhost:4101", "allowed"],
    ["http://[::1]:4101", "allowed"],
    ["https://localhost:4101", "allowed"],
    ["http://0x7f.1:4101", "allowed"],
    ["http://10.0.0.1/api", "KAL_HOST_REFUSED"],
    ["http://0.0.0.0:4101/api", "KAL_HOST_REFUSED"],
    ["http://localhost.example.net/api", "KAL_HOST_REFUSED"],
  ])("may be on this computer when that is allowed: %s is %s", (url, expected) => {
    expect(codeAt(url, true)).toBe(expected);
  });
});

it("lists each id once, the later one", () => {
  const own = { ...builtInEnvironments[0]!, label: "Ours" };
  const known = createEnvironments({ ...settings, environments: [...builtInEnvironments, own] });
  expect(known.list).toEqual([own]);
  expect(known.find("sandpit")).toBe(own);
  expect(known.find("nowhere")).toBeUndefined();
});

it("matches the port if the pattern has one", () => {
  expect(matchesHost(new URL("https://odd.example.com:8443"), settings.allowedApiHosts)).toBe(true);
});

it.each([
  ["127.0.0.1", true],
  ["127.9.9.9", true],
  ["::1", true],
  ["0.0.0.0", false],
  ["::", false],
  ["128.0.0.1", false],
  ["localhost", false],
])("isLoopbackAddress(%s) is %s", (address, expected) => {
  expect(isLoopbackAddress(address)).toBe(expected);
});
