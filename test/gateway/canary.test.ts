/**
 * Canaries: secrets, tickets and tokens are planted everywhere, and every call is made under every fault. Then
 * everything that left the service is searched for them; none may be found.
 *
 * What the add-in writes into the workbook is searched in test/contract/addin/canary.test.ts.
 */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { request } from "undici";
import { describe, expect, it } from "vitest";
import {
  calls,
  canariesOf,
  find,
  formulaText,
  replacement,
  runEverything,
  type Written,
} from "./support/canaries.ts";
import { withFolder } from "./support/gateway.ts";
import { dataLeaks, foreignToken, startLeakyVendor, tokenLeaks } from "./support/leaky-vendor.ts";
import { connectBody, planted, withOwnEnvironment } from "./support/own-environment.ts";

const variables = (folder: string) => ({
  KAL_SESSION_FILE: path.join(folder, "sessions.json"),
  KAL_METRICS_PORT: "0",
});

/**
 * Makes all calls while the vendor answers in one way. @returns what the service wrote, and what must not occur in it.
 */
async function underFault(fault: { data?: string; token?: string }) {
  const written: Written = new Map();
  const tickets: string[] = [];
  const vendor = await startLeakyVendor(() => planted.clientSecret);
  try {
    await withFolder(async (folder) => {
      await withOwnEnvironment(
        { authority: vendor.origin, api: vendor.origin },
        async (gateway) => {
          tickets.push((await gateway.connect(connectBody)).ticket);
          vendor.data = fault.data ?? vendor.data;
          vendor.token = fault.token;
          await runEverything(gateway, fault.data ?? fault.token ?? "", written, tickets);
          const metrics = await request(`http://127.0.0.1:${gateway.metricsPort}/metrics`);
          written.set("metrics", await metrics.body.text());
          written.set("session file", await readFile(variables(folder).KAL_SESSION_FILE, "utf8"));
          written.set("log", gateway.log());
        },
        { variables: variables(folder), pause: async () => undefined },
      );
    });
  } finally {
    await vendor.close();
  }
  return { written, canaries: canariesOf([...vendor.tokens, foreignToken], tickets), vendor };
}

describe("no canary leaves the service", () => {
  it.each(Object.keys(dataLeaks))("when the Data API gives %s", async (data) => {
    const { written, canaries, vendor } = await underFault({ data });
    expect(find(written, canaries)).toEqual([]);
    // Check that they could have been found: the upstream got tokens and knew the secrets.
    expect(vendor.tokens.length).toBeGreaterThanOrEqual(2);
    expect(JSON.stringify(vendor.received)).toContain(encodeURIComponent(replacement));
    for (const place of ["log", "metrics", "session file"])
      expect(written.get(place)).not.toContain(formulaText);
    for (const text of written.values()) expect(text).not.toMatch(/eyJ[\w-]+\./);
    // The log contains no query strings and no bodies.
    expect(written.get("log")).not.toMatch(/[?&]\w+=|clientSecret/);
    expect(written.get("log")).toContain('"route":"/api/v1/query"');
    expect(written.get("metrics")).toContain('route="/api/v1/query"');
  });

  it.each(Object.keys(tokenLeaks))("when the identity provider gives %s", async (token) => {
    const { written, canaries } = await underFault({ token });
    expect(find(written, canaries)).toEqual([]);
  });
});

it("the vendor's message reaches the caller without the secrets in it", async () => {
  const { written } = await underFault({ data: "good answers" });
  for (const route of ["query", "lookup", "fields"]) {
    const good = [...written].filter(
      ([at, text]) => at.includes(`/api/v1/${route}`) && text.startsWith("200"),
    );
    expect(good.map(([, text]) => text).join()).toContain("Forecourt …");
  }
});

it("every route of the API is called", () =>
  withOwnEnvironment({ authority: "http://127.0.0.1:9", api: "http://127.0.0.1:9" }, async (gateway) => {
    const { body } = await gateway.call<{ paths: Record<string, object> }>("GET", "/api/v1/openapi.json");
    const routes = Object.entries(body.paths)
      .filter(([address]) => address.startsWith("/api/"))
      .flatMap(([address, methods]) =>
        Object.keys(methods).map((method) => `${method.toUpperCase()} ${address}`),
      );
    expect(Object.keys(calls).sort()).toEqual(routes.sort());
  }));

it("the search finds planted text", () => {
  const written = new Map([["log", `a ${planted.clientSecret} b`]]);
  expect(find(written, canariesOf([], []))).toEqual([`log: ${planted.clientSecret}`]);
});
