import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { variables } from "../../../src/gateway/configuration/variables.ts";
import { readConfiguration } from "../../../src/gateway/configuration.ts";
import { mistakesOf } from "./configuration-mistakes.ts";
import { withFolder } from "../../gateway/support/gateway.ts";

const strongKey = "q8Zt1Vw5Yb3Nc7Md9Lf0Kg2Jh4Pr6Xs8";

describe("without any variable", () => {
  it("binds to this computer only, on port 3000, with the Sandpit and the vendor's hosts", () => {
    const configuration = readConfiguration({});
    expect(configuration).toMatchObject({
      port: 3000,
      bind: ["127.0.0.1", "::1"],
      origin: undefined,
      tls: undefined,
      allowLoopback: false,
      typedCredentials: true,
      personalData: "hide",
      allowedApiHosts: ["*.thekalibratecloud.com"],
      frameAncestors: [],
      officeJs: { url: "https://appsforoffice.microsoft.com/lib/1/hosted/office.js" },
    });
    expect(configuration.environments.map(({ id }) => id)).toEqual(["sandpit"]);
  });

  it("creates a new cache key at each start", () => {
    expect(readConfiguration({}).cacheKey).not.toEqual(readConfiguration({}).cacheKey);
    expect(readConfiguration({}).cacheKey).toHaveLength(32);
  });

  it("treats an empty variable as unset", () => {
    expect(readConfiguration({ KAL_PORT: " ", KAL_BIND: "" }).port).toBe(3000);
  });
});

describe("a secret in a file", () => {
  it("is read without the line end that editors write", () =>
    withFolder(async (folder) => {
      const file = path.join(folder, "key");
      writeFileSync(file, `${strongKey}\n`);
      expect(readConfiguration({ KAL_CACHE_KEY_FILE: file }).cacheKey).toEqual(Buffer.from(strongKey));
    }));

  it("is refused where it cannot be read, is too weak, or is given twice", () =>
    withFolder(async (folder) => {
      const file = path.join(folder, "key");
      expect(mistakesOf({ KAL_CACHE_KEY_FILE: file })).toMatchObject([
        { path: "KAL_CACHE_KEY_FILE", found: file },
      ]);
      writeFileSync(file, "short");
      const [issue] = mistakesOf({ KAL_CACHE_KEY_FILE: file });
      expect(issue).toMatchObject({ path: "KAL_CACHE_KEY" });
      expect(JSON.stringify(issue)).not.toContain("short");
      writeFileSync(file, strongKey);
      expect(mistakesOf({ KAL_CACHE_KEY_FILE: file, KAL_CACHE_KEY: strongKey })).toMatchObject([
        { path: "KAL_CACHE_KEY_FILE" },
      ]);
    }));

  it("is for secrets only", () => {
    expect(readConfiguration({ KAL_PORT_FILE: "/nowhere" }).port).toBe(3000);
  });
});

describe("the table of variables", () => {
  it.each(Object.values(variables).map((variable) => [variable.name, variable] as const))(
    "%s says what it is for and accepts its own default",
    (name, variable) => {
      expect(name).toMatch(/^KAL_[A-Z_]+$/);
      expect(variable.meaning).not.toBe("");
      expect(variable.range).not.toBe("");
      const preset = variable.default;
      if (preset === undefined) return;
      const written = typeof preset === "boolean" ? String(Number(preset)) : preset.toString();
      expect(variable.read(written)).toEqual(preset);
    },
  );

  it("shows the addresses of trusted proxies, no network", () => {
    const { range, meaning } = variables.trustedProxy;
    expect(range).toMatch(/such as [\d.]+,[\d.]+$/);
    expect(meaning).toContain("a client in a listed network can pretend to have any address");
  });

  it("contains every variable once", () => {
    const names = Object.values(variables).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe("values", () => {
  it.each([
    ["KAL_PORT", "0", { port: 0 }],
    ["KAL_PORT", " 8443 ", { port: 8443 }],
    ["KAL_BIND", "127.0.0.1", { bind: ["127.0.0.1"] }],
    ["KAL_BIND", "127.0.0.2, ::1", { bind: ["127.0.0.2", "::1"] }],
    ["KAL_ORIGIN", "https://KAL.example.com/", { origin: "https://kal.example.com" }],
    ["KAL_ORIGIN", "http://localhost:8080", { origin: "http://localhost:8080" }],
    ["KAL_ALLOW_LOOPBACK", "1", { allowLoopback: true }],
    [
      "KAL_TRUSTED_PROXY",
      "10.0.0.7, 192.168.0.0/16,::1/128",
      { trustedProxy: ["10.0.0.7", "192.168.0.0/16", "::1/128"] },
    ],
    ["KAL_LOG_LEVEL", "debug", { logLevel: "debug" }],
    ["KAL_TOKEN_TIMEOUT", "5", { tokenTimeout: 5 }],
    [
      "KAL_OFFICE_JS",
      "https://cdn.example.com/office.js",
      { officeJs: { url: "https://cdn.example.com/office.js" } },
    ],
    ["KAL_CACHE_KEY", strongKey, { cacheKey: Buffer.from(strongKey) }],
    ["KAL_PREVIOUS_CACHE_KEY", strongKey, { previousCacheKey: Buffer.from(strongKey) }],
    ["KAL_REDIS_URL", "redis://127.0.0.1", { redisUrl: "redis://127.0.0.1" }],
    [
      "KAL_REDIS_URL",
      "rediss://kal:p%40ss@redis.example.com:6380/2",
      { redisUrl: "rediss://kal:p%40ss@redis.example.com:6380/2" },
    ],
  ])("%s=%s", (name, value, expected) => {
    expect(readConfiguration({ [name]: value })).toMatchObject(expected);
  });

  it.each([
    ["KAL_PORT", "65536"],
    ["KAL_PORT", "-1"],
    ["KAL_PORT", "3e3"],
    ["KAL_PORT", "http"],
    ["KAL_BIND", "localhost"],
    ["KAL_BIND", "127.0.0.1,"],
    ["KAL_ORIGIN", "kal.example.com"],
    ["KAL_ORIGIN", "https://kal.example.com/pane"],
    ["KAL_ORIGIN", "https://user:word@kal.example.com"],
    ["KAL_ORIGIN", "https://kal.example.com?x"],
    ["KAL_ORIGIN", "http://kal.example.com"],
    ["KAL_LOG_LEVEL", "loud"],
    ["KAL_REDIS_URL", "redis.example.com:6379"],
    ["KAL_REDIS_URL", "https://redis.example.com"],
    ["KAL_REDIS_URL", "redis://redis.example.com/sessions"],
    ["KAL_REDIS_URL", "redis://redis.example.com/0?tls=true"],
    ["KAL_ALLOW_LOOPBACK", "yes"],
    ["KAL_BODY_LIMIT", "10"],
    ["KAL_TRUSTED_PROXY", "true"],
    ["KAL_TRUSTED_PROXY", "10.0.0.0/33"],
    ["KAL_TRUSTED_PROXY", "proxy.example.com"],
    ["KAL_CONCURRENCY", "0"],
    ["KAL_API_TIMEOUT", "0"],
    ["KAL_OFFICE_JS", "http://cdn.example.com/office.js"],
    ["KAL_OFFICE_JS", "/no/such/folder"],
    ["KAL_TLS_CERT", "/no/such/file.pem"],
    ["KAL_CONFIG", "/no/such/file.json"],
    ["KAL_CACHE_KEY", "short"],
    ["KAL_PREVIOUS_CACHE_KEY", "short"],
  ])("refuses %s=%s", (name, value) => {
    expect(mistakesOf({ [name]: value }).map(({ path }) => path)).toContain(name);
  });

  it("never shows a key, not even a wrong one", () => {
    const key = "changemechangemechangemechangeme";
    const [issue] = mistakesOf({ KAL_CACHE_KEY: key });
    expect(issue?.path).toBe("KAL_CACHE_KEY");
    expect(JSON.stringify(issue)).not.toContain("changeme");
  });

  it("never shows a Redis address, which may contain a password", () => {
    const [issue] = mistakesOf({ KAL_REDIS_URL: "redis://:changeme@redis.example.com/sessions" });
    expect(issue?.path).toBe("KAL_REDIS_URL");
    expect(JSON.stringify(issue)).not.toContain("changeme");
  });

  it("stores sessions in Redis or in a file, not in both", () => {
    const both = { KAL_REDIS_URL: "redis://127.0.0.1", KAL_SESSION_FILE: "sessions.json" };
    expect(mistakesOf(both).map(({ path }) => path)).toEqual(["KAL_SESSION_FILE"]);
  });

  it("reports every issue at once, with the expected value", () => {
    expect(() => readConfiguration({ KAL_PORT: "x", KAL_LOG_LEVEL: "loud", KAL_BIND: "0.0.0.0" })).toThrow(
      /KAL_PORT: expected a whole number from 0 to 65535, found "x"[\s\S]*KAL_LOG_LEVEL[\s\S]*KAL_CACHE_KEY[\s\S]*KAL_ORIGIN/,
    );
  });
});

describe("beyond this computer", () => {
  const reachable = { KAL_BIND: "0.0.0.0", KAL_ORIGIN: "https://kal.example.com", KAL_CACHE_KEY: strongKey };

  it("starts with a key and an origin", () => {
    expect(readConfiguration(reachable)).toMatchObject({
      bind: ["0.0.0.0"],
      origin: "https://kal.example.com",
    });
  });

  it.each(["KAL_ORIGIN", "KAL_CACHE_KEY"] as const)("requires %s", (name) => {
    const without = { ...reachable, [name]: "" };
    expect(mistakesOf(without).map(({ path }) => path)).toEqual([name]);
  });
});

describe("TLS", () => {
  it("requires both files", () => {
    const [issue] = mistakesOf({ KAL_TLS_KEY: import.meta.filename });
    expect(issue).toMatchObject({
      path: "KAL_TLS_CERT",
      expected: expect.stringContaining("KAL_TLS_KEY") as string,
    });
  });

  it("refuses files without a certificate", () => {
    const issues = mistakesOf({ KAL_TLS_CERT: import.meta.filename, KAL_TLS_KEY: import.meta.filename });
    expect(issues).toMatchObject([{ path: "KAL_TLS_CERT" }]);
  });
});

describe("KAL_OFFICE_JS", () => {
  it("may be a folder with office.js", () =>
    withFolder(async (folder) => {
      const own = path.join(folder, "office");
      mkdirSync(own);
      writeFileSync(path.join(own, "office.js"), "");
      expect(readConfiguration({ KAL_OFFICE_JS: own }).officeJs).toEqual({ folder: own });
    }));
});
