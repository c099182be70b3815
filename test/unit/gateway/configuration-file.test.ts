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

describe("the configuration file", () => {
  const sandpit = {
    id: "sandpit",
    label: "Our Sandpit",
    apiBaseUrl: "https://dev.data.thekalibratecloud.com",
  };

  it("adds environments, the same id replacing a built-in one", () =>
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

  it("takes plain http for this computer with KAL_ALLOW_LOOPBACK only", () => {
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
