import { describe, expect, it } from "vitest";
import { type Issue } from "../../../src/gateway/configuration/issues.ts";
import { readProxies } from "../../../src/gateway/configuration/proxies.ts";

function read(environment: Record<string, string>) {
  const issues: Issue[] = [];
  return { ...readProxies(environment, issues), issues };
}

describe("a proxy's address", () => {
  it.each([
    ["proxy.corp:8080", "http://proxy.corp:8080/"],
    ["proxy.corp", "http://proxy.corp/"],
    ["10.0.0.7:3128", "http://10.0.0.7:3128/"],
    ["[fd00::7]:3128", "http://[fd00::7]:3128/"],
    ["user:p%40ss@proxy.corp:8080", "http://user:p%40ss@proxy.corp:8080/"],
    [" http://proxy.corp:8080/ ", "http://proxy.corp:8080/"],
    ["https://proxy.corp:8443", "https://proxy.corp:8443/"],
    ["HTTP://PROXY.corp:8080", "http://proxy.corp:8080/"],
  ])("may be %s", (text, url) => {
    expect(read({ HTTPS_PROXY: text })).toMatchObject({ https: url, issues: [] });
    expect(read({ http_proxy: text })).toMatchObject({ http: url, issues: [] });
  });

  it.each([
    "http://",
    "http:// proxy.corp",
    "proxy.corp:99999",
    "proxy.corp:port",
    "socks5://proxy.corp:1080",
    "file:///etc/passwd",
    "http://proxy.corp:8080/proxy.pac",
    "http://proxy.corp:8080?x",
  ])("may not be %s: the error names the variable and the form", (text) => {
    const { https, issues } = read({ https_proxy: text });
    expect(https).toBe(undefined);
    expect(issues).toMatchObject([{ path: "https_proxy", found: text }]);
    expect(issues[0]?.expected).toContain("http://proxy.example.com:8080");
  });

  it.each(["http://user:p%ss@proxy.corp:8080", "http://user:p#ss@proxy.corp", "user:p/ss@proxy.corp:8080"])(
    "is not shown if it may contain a password (%#)",
    (text) => {
      const { https, issues } = read({ HTTPS_PROXY: text });
      expect(https).toBe(undefined);
      expect(issues).toHaveLength(1);
      expect(JSON.stringify(issues)).not.toMatch(/p%ss|p#ss|p\/ss/);
    },
  );

  it("is read in lower case first, even if that is empty", () => {
    expect(read({ HTTPS_PROXY: "a:1", https_proxy: "b:2" }).https).toBe("http://b:2/");
    expect(read({ HTTPS_PROXY: "a:1", https_proxy: "" }).https).toBe(undefined);
  });
});

it.each([
  ["*", "*"],
  ["inner.example, *", "*"],
  ["", "localhost,127.0.0.1,[::1]"],
  [".example.com *.example.org", ".example.com,*.example.org,localhost,127.0.0.1,[::1]"],
  ["fd00::7,[fd00::8]:443", "[fd00::7],[fd00::8]:443,localhost,127.0.0.1,[::1]"],
  [
    "data.example.com.,data.example.com.:8443",
    "data.example.com,data.example.com:8443,localhost,127.0.0.1,[::1]",
  ],
])("NO_PROXY=%s becomes %s", (text, list) => {
  expect(read({ NO_PROXY: text }).noProxy).toBe(list);
});
