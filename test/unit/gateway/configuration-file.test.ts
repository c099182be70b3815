import { writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { readConfiguration } from "../../../src/gateway/configuration.ts";
import { withFolder } from "../../gateway/support/gateway.ts";
import { mistakesOf } from "./configuration-mistakes.ts";

/** Reads a configuration file with this content. */
function withFile<T>(content: unknown, use: (file: string) => T): Promise<T> {
  return withFolder(async (folder) => {
    const file = path.join(folder, "kal.json");
    writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
    return use(file);
  });
}

const sandpit = {
  id: "sandpit",
  label: "Our Sandpit",
  apiBaseUrl: "https://dev.data.thekalibratecloud.com",
};

describe("the configuration file", () => {
  it("adds environments; one with the id of a built-in one replaces it", () =>
    withFile({ environments: [sandpit], frameAncestors: ["https://*.example.com"] }, (file) => {
      const configuration = readConfiguration({ KAL_CONFIG: file });
      expect(configuration.frameAncestors).toEqual(["https://*.example.com"]);
      expect(configuration.environments.at(-1)).toEqual({
        id: "sandpit",
        label: "Our Sandpit",
        apiBaseUrl: "https://dev.data.thekalibratecloud.com/api",
        authority: "https://login.microsoftonline.com",
      });
    }));

  it("accepts plain http on this computer only with KAL_ALLOW_LOOPBACK", () => {
    const local = { ...sandpit, apiBaseUrl: "http://127.0.0.1:4000", authority: "http://127.0.0.1:4000" };
    return withFile({ environments: [local] }, (file) => {
      expect(
        readConfiguration({ KAL_CONFIG: file, KAL_ALLOW_LOOPBACK: "1" }).environments.at(-1)?.authority,
      ).toBe("http://127.0.0.1:4000");
      expect(mistakesOf({ KAL_CONFIG: file }).map(({ path }) => path)).toEqual([
        expect.stringMatching(/environments\[0\]\.apiBaseUrl$/),
        expect.stringMatching(/environments\[0\]\.authority$/),
      ]);
    });
  });

  it.each<[string, unknown, RegExp]>([
    ["text that is no JSON", "{", /KAL_CONFIG: expected JSON/],
    ["an unknown key", { enviroments: [] }, /enviroments: expected no such key/],
    [
      "an unknown key further in",
      { environments: [{ ...sandpit, secret: "x" }] },
      /environments\[0\]\.secret/,
    ],
    ["a missing key", { environments: [{ id: "a", label: "A" }] }, /environments\[0\]: .*apiBaseUrl/],
    ["a wrong type", { typedCredentials: "yes" }, /typedCredentials: expected it to be boolean/],
    [
      "http",
      { environments: [{ ...sandpit, apiBaseUrl: "http://data.example.com" }] },
      /apiBaseUrl: .*https/,
    ],
    [
      "a user name",
      { environments: [{ ...sandpit, apiBaseUrl: "https://a@data.example.com" }] },
      /apiBaseUrl/,
    ],
    ["a query", { environments: [{ ...sandpit, apiBaseUrl: "https://data.example.com/?a" }] }, /apiBaseUrl/],
    [
      "an authority with a path",
      { environments: [{ ...sandpit, authority: "https://x.example/t" }] },
      /authority/,
    ],
    ["tenant common", { environments: [{ ...sandpit, tenant: "common" }] }, /tenant: .*GUID/],
    ["an id with a colon", { environments: [{ ...sandpit, id: "a:b" }] }, /id: .*letters/],
    ["an id twice", { environments: [sandpit, sandpit] }, /environments\[1\]\.id/],
    ["all hosts", { allowedApiHosts: ["*"] }, /allowedApiHosts\[0\]/],
    ["a whole top level", { allowedApiHosts: ["*.com"] }, /allowedApiHosts\[0\]/],
    ["a URL as host", { allowedApiHosts: ["https://data.example.com"] }, /allowedApiHosts\[0\]/],
    ["personal data otherwise", { personalData: "ask" }, /personalData: expected "hide" or "show"$/m],
    [
      "an id twice in another letter case",
      { environments: [sandpit, { ...sandpit, id: "SANDPIT" }] },
      /\[1\]\.id/,
    ],
    ["an http frame", { frameAncestors: ["http://example.com"] }, /frameAncestors\[0\]/],
    [
      "a frame that ends the directive",
      { frameAncestors: ["https://a.example; script-src *"] },
      /frameAncestors/,
    ],
  ])("refuses %s", (_, content, expected) =>
    withFile(content, (file) => {
      expect(() => readConfiguration({ KAL_CONFIG: file })).toThrow(expected);
    }),
  );
});

describe("the organisation's part of the file", () => {
  const connection = {
    id: "pricing",
    label: "Pricing",
    environment: "sandpit",
    clientId: "5a6b7c8d-0000-4000-8000-000000000001",
    scope: "api://data.example.com/1/.default",
    secret: { env: "KAL_TEST_SECRET" },
    roles: ["Pricing.Read"],
  };
  const signIn = {
    tenant: "0B8F3C1E-5d27-4a6f-9b13-2c4d5e6f7a80",
    clientId: "6a6b7c8d-0000-4000-8000-000000000002",
    audience: "7a6b7c8d-0000-4000-8000-000000000003",
    contact: "pricing-systems@example.com",
  };
  const secret = "never~shown.secret-Kj38";
  const read = (content: object, variables: Record<string, string> = {}) =>
    withFile(content, (file) =>
      readConfiguration({ KAL_CONFIG: file, KAL_TEST_SECRET: secret, KAL_EMPTY: "", ...variables }),
    );

  it("reads connections with their environment, sign-in in lower case, and the target of events", async () => {
    const configuration = await read({
      connections: [connection],
      signIn,
      audit: { file: "/var/log/kal.jsonl" },
    });
    expect(configuration.connections).toMatchObject([
      { id: "pricing", tenant: "efa98c7b-2114-46e8-be99-954a4f1a2d9c", environment: { id: "sandpit" } },
    ]);
    expect(configuration.signIn).toEqual({
      ...signIn,
      tenant: signIn.tenant.toLowerCase(),
      authority: "https://login.microsoftonline.com",
    });
    expect(configuration.audit).toEqual({
      file: "/var/log/kal.jsonl",
      names: false,
      maxMegabytes: 100,
      maxFiles: 100,
    });
    expect(JSON.stringify(configuration)).not.toContain(secret);
  });

  it("allows a connection with its environment's id, and an empty next secret", async () => {
    const own = { ...connection, id: "Sandpit", nextSecret: { env: "KAL_EMPTY" } };
    expect((await read({ connections: [own], signIn })).connections[0]?.id).toBe("Sandpit");
  });

  it.each<[string, object, RegExp]>([
    ["a secret in the file itself", { secret }, /connections\[0\]\.secret: expected it to be object/],
    ["two places for one secret", { secret: { env: "A", file: "b" } }, /\.secret: expected either/],
    ["no place for a secret", { secret: {} }, /\.secret: expected either/],
    [
      "a variable that is not set",
      { secret: { env: "KAL_NOT_SET" } },
      /\.secret\.env: .*KAL_NOT_SET is not set/,
    ],
    ["an empty secret", { secret: { env: "KAL_EMPTY" } }, /\.secret\.env: .*KAL_EMPTY is empty/],
    ["a file that is not there", { secret: { file: "/no/such" } }, /\.secret\.file: .*cannot be read/],
    ["a next secret that is not there", { nextSecret: { env: "KAL_NOT_SET" } }, /\.nextSecret\.env: /],
    ["a secret of two lines", { secret: { env: "KAL_LINES" } }, /is not one line of printable characters/],
    ["half a certificate", { secret: { env: "KAL_HALF" } }, /has no certificate with the RSA private key/],
    [
      "an environment that is not there",
      { environment: "mars" },
      /\.environment: .*\(sandpit\), found "mars"/,
    ],
    ["no roles", { roles: [] }, /\.roles: /],
    ["an id that no formula can say", { id: "a:b" }, /\.id: expected letters/],
    ["a tenant that is none", { tenant: "common" }, /\.tenant: expected a GUID or a domain name/],
    ["an unknown key", { password: "x" }, /connections\[0\]\.password: expected no such key/],
  ])("refuses %s", async (_, change, expected) => {
    const variables = { KAL_LINES: `${secret}\n${secret}`, KAL_HALF: "-----BEGIN CERTIFICATE-----\nMIIC" };
    const failure = read({ connections: [{ ...connection, ...change }], signIn }, variables);
    await expect(failure).rejects.toThrow(expected);
    await expect(failure).rejects.not.toThrow(secret);
  });

  const production = { ...sandpit, id: "production" };
  it.each<[string, object, RegExp]>([
    [
      "another environment's id as name",
      { environments: [production], connections: [{ ...connection, id: "PRODUCTION" }], signIn },
      /connections\[0\]\.id: expected no id of another/,
    ],
    [
      "a name twice",
      { connections: [connection, { ...connection, id: "PRICING" }], signIn },
      /connections\[1\]\.id/,
    ],
    ["connections without sign-in", { connections: [connection] }, /signIn: expected to be there/],
    ["sign-in without connections", { signIn }, /connections: expected at least one/],
    [
      "a tenant by its domain name",
      { connections: [connection], signIn: { ...signIn, tenant: "example.com" } },
      /signIn\.tenant: expected a GUID/,
    ],
    [
      "an audience that is a URI",
      { connections: [connection], signIn: { ...signIn, audience: "api://x" } },
      /signIn\.audience: expected a GUID/,
    ],
    [
      "an identity provider over http",
      { connections: [connection], signIn: { ...signIn, authority: "http://login.example.com" } },
      /signIn\.authority: expected an origin with https/,
    ],
    [
      "sign-in without a contact",
      { connections: [connection], signIn: { ...signIn, contact: "" } },
      /signIn\.contact: /,
    ],
    ["a size of audit files that is none", { audit: { maxMegabytes: 0 } }, /audit\.maxMegabytes: /],
  ])("refuses %s", async (_, content, expected) => {
    await expect(read(content)).rejects.toThrow(expected);
  });

  it("reports several issues at once", async () => {
    const failure = read({ connections: [{ ...connection, id: "a:b", environment: "mars", secret: {} }] });
    for (const where of ["id", "secret", "environment"])
      await expect(failure).rejects.toThrow(`connections[0].${where}`);
    await expect(failure).rejects.toThrow("signIn");
  });
});
