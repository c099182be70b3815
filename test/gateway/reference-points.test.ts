/** What a client of this API must cope with: each case is a fault of the simulator, observed through the gateway. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { QueryAnswer } from "../../src/kalibrate/gateway-api.ts";
import type { Fault } from "../../src/simulator/fault.ts";
import { type Simulator, startSimulator } from "../../src/simulator/simulator.ts";
import { errorOf, startTestGateway, type TestGateway } from "./support/gateway.ts";

let simulator: Simulator;
let gateway: TestGateway;
let ticket: string;

beforeAll(async () => {
  simulator = await startSimulator({ ownSites: 60, nullEvery: 50 });
});

afterAll(() => simulator.close());

// Each test has its own gateway, so that cached results and observed server behaviour do not carry over to the next
// one.
beforeEach(async () => {
  gateway = await startTestGateway({ sampleEnvironment: simulator.environment });
  ({ ticket } = await gateway.connect({ environment: "sample" }));
});

afterEach(async () => {
  simulator.faults.clear();
  await gateway.close();
});

const ask = (body: object) => gateway.call<QueryAnswer>("POST", "/api/v1/query", { ticket, body });

async function rowsOf(body: object): Promise<QueryAnswer["rows"]> {
  const answer = await ask(body);
  if (answer.status !== 200) throw new Error(answer.text);
  expect(answer.body.rowCount).toBe(answer.body.rows.length);
  return answer.body.rows;
}

const sites = {
  collection: "site",
  query: "(entityVariant=Own)",
  fields: ["importCode", "name", "brand.name"],
};
const ownProducts = {
  collection: "product",
  query: "(entityVariant=Own)",
  fields: ["site.name", "product.name", "currentPrice", "currentPriceEffectiveTime", "active"],
};
const ownPrices = { collection: "price", query: "(entityVariant=Own)", fields: ["entityId"] };

/** Switches faults on for the queried collection only, not for the records that it refers to. */
const on = (...faults: Fault[]) => simulator.faults.add(...faults);
const sorted = (rows: QueryAnswer["rows"]) => rows.map((row) => JSON.stringify(row)).sort();

describe("returns the same table", () => {
  it.each<[string, ...Fault[]]>([
    ["1: in an envelope called data", { kind: "envelope", name: "data" }],
    ["1: in an envelope called items", { kind: "envelope", name: "items" }],
    ["1: in an envelope called value", { kind: "envelope", name: "value" }],
    ["1: in an envelope called results", { kind: "envelope", name: "results" }],
    ["2: with flat documents", { kind: "flat" }],
    ["3: with nulls for absent keys", { kind: "explicit-nulls" }],
    ["3: with keys never seen before", { kind: "unknown-keys" }],
    ["4: with references as bare ids", { kind: "references", as: "text" }],
    ["4: with references in capitals", { kind: "references", as: "capitals" }],
    ["9: where limit=0 means 1,000", { kind: "unlimited-cap", cap: 1000 }],
    ["9: where limit=0 means nothing", { kind: "unlimited-cap", cap: 0 }],
    ["9: where limit=0 is refused", { kind: "unlimited-refused" }],
    ["10: from pages of 1,000 at most", { kind: "page-cap", cap: 1000 }],
    ["10: from pages of 130 at most", { kind: "page-cap", cap: 130 }],
    ["11: in another order each time", { kind: "unstable-order" }],
    ["11: with some twice", { kind: "repeats", every: 9 }],
    ["11: with some twice, in pages", { kind: "repeats", every: 9 }, { kind: "page-cap", cap: 200 }],
    ["11: all created at one moment, in pages", { kind: "one-creation" }, { kind: "page-cap", cap: 130 }],
    ["11: some without a time of creation", { kind: "no-creation", every: 7 }],
    ["11: the same in pages", { kind: "no-creation", every: 7 }, { kind: "page-cap", cap: 130 }],
    ["12: with old versions beside the new", { kind: "old-versions", every: 3 }],
    ["12: the same in pages", { kind: "old-versions", every: 3 }, { kind: "page-cap", cap: 130 }],
    ["13: where a blank joins no clauses", { kind: "literal-plus" }],
    ["13: where <= is refused", { kind: "no-less-or-equal" }],
    ["15: in any letter case", { kind: "any-case" }],
    ["17: where types have no paths of their own", { kind: "no-type-paths" }],
  ])("%s", async (_, ...faults) => {
    const bodies = [sites, ownProducts];
    const expected = await Promise.all(bodies.map(rowsOf));
    expect(expected[1]?.length).toBeGreaterThan(200);
    const fresh = await startTestGateway({ sampleEnvironment: simulator.environment });
    try {
      const connected = await fresh.connect({ environment: "sample" });
      on(...faults);
      for (const [index, body] of bodies.entries()) {
        const answer = await fresh.call<QueryAnswer>("POST", "/api/v1/query", {
          ticket: connected.ticket,
          body,
        });
        expect(answer.status).toBe(200);
        expect(sorted(answer.body.rows)).toEqual(sorted(expected[index] ?? []));
      }
    } finally {
      await fresh.close();
    }
  });
});

describe("returns thousands completely", () => {
  const all = async () => new Set((await rowsOf(ownPrices)).flat());

  it.each<[string, ...Fault[]]>([
    ["that share one time of creation", { kind: "one-creation" }, { kind: "page-cap", cap: 1000 }],
    ["where limit=0 stops at 1,000", { kind: "unlimited-cap", cap: 1000 }],
    ["with some twice", { kind: "repeats", every: 40 }, { kind: "page-cap", cap: 1000 }],
  ])("%s", async (_, ...faults) => {
    const expected = await all();
    expect(expected.size).toBeGreaterThan(1500);
    on(...faults);
    const ids = (await rowsOf(ownPrices)).flat();
    expect(ids).toHaveLength(expected.size);
    expect(new Set(ids)).toEqual(expected);
  });

  it("while rows appear and disappear: none that stayed is missing, none occurs twice", async () => {
    const expected = await all();
    const path = "/api/price";
    on(
      { kind: "appearing", count: 3, path },
      { kind: "going", count: 7, path },
      { kind: "page-cap", cap: 300, path },
    );
    const ids = (await rowsOf(ownPrices)).flat();
    expect(new Set(ids).size).toBe(ids.length);
    const requests = simulator.requests.length;
    const missing = [...expected].filter((id) => !ids.includes(id));
    // Only documents that had disappeared by the last request may be missing.
    expect(missing.length).toBeLessThanOrEqual(7 * requests);
    expect(missing.length).toBeLessThan(expected.size / 10);
  });

  it("or an error if every page has another order", async () => {
    const expected = await all();
    on({ kind: "unstable-order" }, { kind: "page-cap", cap: 700 });
    const answer = await ask(ownPrices);
    if (answer.status === 200) expect(new Set(answer.body.rows.flat())).toEqual(expected);
    else expect(errorOf(answer).code).toBe("KAL_UPSTREAM_INVALID");
  });

  it("or an error if an answer breaks off (21)", async () => {
    on({ kind: "cut-off", path: "/api/price" });
    expect(errorOf(await ask(ownPrices)).code).toBe("KAL_UPSTREAM_INVALID");
  });
});

describe("leaves absent values empty", () => {
  it.each<[string, Fault]>([
    ["null", { kind: "references", as: "null" }],
    ["absent", { kind: "references", as: "absent" }],
  ])("4: references that are %s", async (_, fault) => {
    on(fault);
    const rows = await rowsOf(ownProducts);
    expect(rows.length).toBeGreaterThan(200);
    expect(rows.every(([site, product, price]) => site === null && product === null && price !== null)).toBe(
      true,
    );
  });

  it("1: a slice without documents, as an empty list or as no content at all", async () => {
    const nowhere = { ...sites, query: "(name=Nowhere)" };
    expect(await rowsOf(nowhere)).toEqual([]);
    on({ kind: "no-content" });
    expect(await rowsOf(nowhere)).toEqual([]);
  });
});

describe("accepts values in any form", () => {
  it("5: variants and types of any name", async () => {
    on({ kind: "unknown-variant" });
    const rows = await rowsOf({ collection: "site", fields: ["entityVariant", "entityType"], limit: 3 });
    expect(rows).toEqual(Array.from({ length: 3 }, () => ["Novel", "Novelty"]));
  });

  it.each<["z" | "offset" | "fraction" | "day" | "local", RegExp]>([
    ["z", /T\d\d:\d\d:\d\dZ$/],
    ["offset", /\+02:00$/],
    ["fraction", /\.1230000$/],
    ["day", /^\d{4}-\d\d-\d\d$/],
    ["local", /T\d\d:\d\d:\d\d$/],
  ])("6: times in the form %s", async (as, form) => {
    on({ kind: "dates", as });
    const { body } = await ask({ ...ownProducts, limit: 5 });
    expect(body.columns[3]?.type).toBe("datetime");
    for (const row of body.rows) expect(row[3]).toMatch(form);
  });

  it("7: money as text or in another unit, without guessing", async () => {
    const prices = { ...ownProducts, fields: ["entityId", "currentPrice"] };
    const known = new Map((await rowsOf(prices)) as [string, number][]);
    on({ kind: "money", as: "minor" });
    for (const [id, price] of (await rowsOf(prices)) as [string, number][]) {
      expect(price).toBeCloseTo((known.get(id) ?? 0) * 100, 1);
    }
    simulator.faults.clear();
    on({ kind: "money", as: "text" });
    for (const [id, price] of (await rowsOf(prices)) as [string, unknown][]) {
      expect(Number(price)).toBeCloseTo(known.get(id) ?? 0, 4);
    }
  });

  it("8: flags as 0 and 1", async () => {
    const flags = { ...ownProducts, fields: ["entityId", "active"] };
    const known = new Map((await rowsOf(flags)) as [string, boolean][]);
    on({ kind: "bits" });
    const { body } = await ask(flags);
    for (const [id, flag] of body.rows as [string, unknown][])
      expect(Number(flag)).toBe(Number(known.get(id)));
  });
});

describe("14: a property that the API does not know", () => {
  const slip = { ...sites, query: "(importCoode=0007)" };

  it("selects nothing, and the error names the nearest property", async () => {
    const answer = await ask(slip);
    expect(errorOf(answer).message).toContain("Did you mean “importCode”?");
  });

  it("is refused in the API's own words", async () => {
    on({ kind: "unknown-property" });
    const answer = await ask(slip);
    expect(errorOf(answer)).toMatchObject({ code: "KAL_QUERY_INVALID" });
    expect(errorOf(answer).message).toContain("There is no property importCoode.");
  });

  it("is never ignored unnoticed if the documents show it", async () => {
    // A server that ignores a filter which it knows is detected in the same way: by the values.
    on({ kind: "ignored-property" });
    const answer = await ask({
      collection: "site",
      query: "(entityVariant=Own)+(nonsense=1)",
      fields: ["name"],
    });
    expect(errorOf(answer).message).toContain("no record of site has a property “nonsense”");
    on({ kind: "unknown-variant" });
    const violated = errorOf(await ask(sites));
    expect(violated.code).toBe("KAL_UPSTREAM_INVALID");
    expect(violated.message).toContain("(entityVariant=Own)");
  });
});

describe("tokens and refusals", () => {
  it.each([["3599"], [120], ["60"]])("18: a token whose lifetime is said to be %j", async (seconds) => {
    on({ kind: "token-lifetime", endpoint: "token", seconds });
    const fresh = await startTestGateway({ sampleEnvironment: simulator.environment });
    try {
      const connected = await fresh.connect({ environment: "sample" });
      const answer = await fresh.call("POST", "/api/v1/query", { ticket: connected.ticket, body: sites });
      expect(answer.status).toBe(200);
    } finally {
      await fresh.close();
    }
  });

  it("18: a token refused before its time is renewed once, and only once", async () => {
    on({ kind: "unauthorised", times: 1, path: "/api/site" });
    expect(await rowsOf(sites)).toHaveLength(60);
    on({ kind: "unauthorised", path: "/api/site" });
    expect(errorOf(await ask(sites)).code).toBe("KAL_FORBIDDEN");
  });

  it.each(["json", "problem", "text", "html", "empty"] as const)("19: errors as %s", async (form) => {
    on({ kind: "refused", status: 400, form, path: "/api/site" });
    const { code, message } = errorOf(await ask(sites));
    expect(code).toBe("KAL_QUERY_INVALID");
    expect(message).not.toMatch(/[<{]/);
    if (form !== "html" && form !== "empty")
      expect(message).toContain("Something is wrong with the request.");
  });

  it.each([
    [{ kind: "throttled", retryAfter: 30 } as const, "KAL_THROTTLED"],
    [{ kind: "throttled" } as const, "KAL_THROTTLED"],
    [{ kind: "unavailable", retryAfter: new Date(Date.now() + 3_600_000) } as const, "KAL_UPSTREAM_DOWN"],
  ])("19: %o", async (fault, code) => {
    on({ ...fault, path: "/api/site" });
    expect(errorOf(await ask(sites)).code).toBe(code);
  });
});
