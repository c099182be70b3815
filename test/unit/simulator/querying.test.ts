import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Simulator, startSimulator } from "../../../src/simulator/simulator.ts";
import { type Caller, connect } from "./call.ts";

let simulator: Simulator;
let caller: Caller;

beforeAll(async () => {
  simulator = await startSimulator({ ownSites: 40, now: () => new Date("2026-03-11T10:20:30Z") });
  caller = await connect(simulator);
});

afterAll(() => simulator.close());

const idsOf = async (path: string): Promise<string[]> =>
  (await caller.documents(path)).map(({ id }) => id.entityId);

describe("filters", () => {
  it("compare with values in id and in data", async () => {
    const documents = await caller.documents("/site?query=(entityVariant=Own)+(importCode=1007)");
    expect(documents).toHaveLength(1);
    expect(documents[0]).toMatchObject({ id: { entityVariant: "Own" }, data: { importCode: "1007" } });
  });

  it("follow dots into objects", async () => {
    const [brand] = await caller.documents("/reference/brand?query=(name=Pellow)");
    const sites = await caller.documents(
      `/site?query=(entityVariant=Own)+(brand.entityId=${brand?.id.entityId.toUpperCase() ?? ""})+(limit=0)`,
    );
    const all = await caller.documents("/site?query=(entityVariant=Own)+(limit=0)");
    const expected = all.filter(
      ({ data }) => (data["brand"] as { entityId: string }).entityId === brand?.id.entityId,
    );
    expect(expected.length).toBeGreaterThan(0);
    expect(sites).toEqual(expected);
  });

  it("compare numbers as numbers", async () => {
    const all = await caller.documents("/product?query=(entityVariant=Own)+(limit=0)");
    const dear = await caller.documents("/product?query=(entityVariant=Own)+(currentPrice>=1.5)+(limit=0)");
    const cheap = await caller.documents("/product?query=(entityVariant=Own)+(currentPrice%3C1.5)+(limit=0)");
    expect(dear.length).toBeGreaterThan(0);
    expect(cheap.length).toBeGreaterThan(0);
    expect(dear.every(({ data }) => Number(data["currentPrice"]) >= 1.5)).toBe(true);
    expect(dear.length + cheap.length).toBe(all.length);
  });

  it("compare dates as instants, whatever zone they name", async () => {
    const path = "/price?query=(entityVariant=Own)+(effectiveTime>=";
    const day = await idsOf(`${path}2026-03-09)+(effectiveTime<2026-03-10)+(limit=0)`);
    const same = await idsOf(
      `${path}2026-03-09T01:00:00%2B01:00)+(effectiveTime<2026-03-09T23:00:00-01:00)+(limit=0)`,
    );
    expect(day.length).toBeGreaterThan(0);
    expect(same).toEqual(day);
  });

  it("find booleans and parts of texts", async () => {
    const exported = await caller.documents(
      "/price?query=(entityVariant=Proposed)+(status.exported=true)+(limit=0)",
    );
    const others = await caller.documents(
      "/price?query=(entityVariant=Proposed)+(status.exported!=true)+(limit=0)",
    );
    const all = await caller.documents("/price?query=(entityVariant=Proposed)+(limit=0)");
    expect(others.length).toBeGreaterThan(0);
    expect(exported.length + others.length).toBe(all.length);
    const roads = await caller.documents("/site?query=(entityVariant=Competitor)+(name@=Road)");
    expect(roads.length).toBeGreaterThan(0);
    expect(roads.every(({ data }) => String(data["name"]).includes("Road"))).toBe(true);
  });

  it("match nothing if the property is absent, not even with !=", async () => {
    expect(await idsOf("/site?query=(nonsense=1)")).toEqual([]);
    expect(await idsOf("/site?query=(nonsense!=1)")).toEqual([]);
    expect(await idsOf("/site?query=(data.name=Leeds)")).toEqual([]);
  });

  it("mean the text exactly", async () => {
    expect(await idsOf("/site?query=(entityVariant=own)")).toEqual([]);
  });

  it("mix variants where none is named", async () => {
    const documents = await caller.documents("/product?query=(limit=0)");
    expect(new Set(documents.map(({ id }) => id.entityVariant))).toEqual(
      new Set(["Global", "Own", "Competitor"]),
    );
  });
});

describe("a malformed query", () => {
  it("is refused with 400 and the place", async () => {
    const answer = await caller.get("/price?query=(entityVariant=Own)%2B(limit=5)");
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({
      statusCode: 400,
      message: "The query cannot be read at character 20: a + between clauses expected.",
    });
  });

  it("is refused when there are two", async () => {
    expect((await caller.get("/price?query=(limit=1)&query=(limit=2)")).status).toBe(400);
  });
});

describe("order and size", () => {
  it("sorts both ways", async () => {
    const path = "/product?query=(entityVariant=Own)+(orderBy=currentPrice)+(direction=";
    const up = await caller.documents(`${path}ascending)+(limit=0)`);
    const down = await caller.documents(`${path}descending)+(limit=0)`);
    const prices = up.map(({ data }) => Number(data["currentPrice"]));
    expect(prices).toEqual(prices.toSorted((a, b) => a - b));
    expect(down.map(({ data }) => data["currentPrice"])).toEqual(prices.toReversed());
  });

  it("gives the first thousand unless told otherwise, all for limit=0", async () => {
    const all = await idsOf("/price?query=(limit=0)");
    expect(all.length).toBeGreaterThan(3500);
    expect(await idsOf("/price")).toEqual(all.slice(0, 1000));
    expect(await idsOf("/price?query=(offset=1000)")).toEqual(all.slice(1000, 2000));
    expect(await idsOf("/price?query=(limit=3000)")).toEqual(all.slice(0, 3000));
    expect(await idsOf("/price?query=(limit=7)+(offset=9)")).toEqual(all.slice(9, 16));
    expect(await idsOf(`/price?query=(limit=10)+(offset=${String(all.length)})`)).toEqual([]);
  });

  it("pages through every document exactly once, whatever the page and the order", async () => {
    const all = await idsOf("/product?query=(entityVariant=Own)+(limit=0)");
    const page = fc.record({
      limit: fc.integer({ min: 11, max: 300 }),
      orderBy: fc.constantFrom("createdOn", "currentPrice", "site.entityId", "active", "nonsense"),
      direction: fc.constantFrom("ascending", "descending"),
    });
    await fc.assert(
      fc.asyncProperty(page, async ({ limit, orderBy, direction }) => {
        const read: string[] = [];
        for (let offset = 0; ; offset += limit) {
          const clauses = `(entityVariant=Own)+(orderBy=${orderBy})+(direction=${direction})`;
          const ids = await idsOf(
            `/product?query=${clauses}+(limit=${String(limit)})+(offset=${String(offset)})`,
          );
          if (ids.length === 0) break;
          read.push(...ids);
        }
        expect(read).toHaveLength(all.length);
        expect(new Set(read)).toEqual(new Set(all));
      }),
      { numRuns: 20 },
    );
  });
});
