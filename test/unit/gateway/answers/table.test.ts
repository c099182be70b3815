import { describe, expect, it } from "vitest";
import type { AnswerContext } from "../../../../src/gateway/answers/context.ts";
import { makeTable, readTableRequest } from "../../../../src/gateway/answers/table.ts";
import { createSampleRecords } from "../../../../src/gateway/plan/sample-records.ts";
import { createServerMemories } from "../../../../src/gateway/slices/server-memory.ts";
import type { Source } from "../../../../src/gateway/slices/slice.ts";
import { listFetch, plenty, sharing } from "../support.ts";
import { KalError } from "../../../../src/kalibrate/errors.ts";
import type { QueryRequest } from "../../../../src/kalibrate/gateway-api.ts";

const document = (entityId: string, entityVariant: string, data: object) => ({
  id: { entityId, entityVariant },
  data,
});

const answers: Record<string, unknown[]> = {
  "/price": [
    document("p1", "Own", {
      price: 1.459,
      effectiveTime: "2026-11-20T06:00:00",
      site: { entityId: "S1" },
      product: { entityId: "O1" },
    }),
    document("p2", "Competitor", { price: 1.449, site: { entityId: "c1" }, product: { entityId: "gone" } }),
    null,
  ],
  "/site (entityVariant=Own)": [document("s1", "Own", { name: "High Street", brand: { entityId: "b1" } })],
  "/site (entityVariant=Competitor)": [],
  "/site": [document("s1", "Own", { name: "High Street" }), document("C1", "Rival", { name: "Ring Road" })],
  "/product (entityVariant=Own)": [document("o1", "Own", { product: { entityId: "g1" } })],
  "/product (entityVariant=Competitor)": [],
  "/product (entityVariant=Global)": [document("g1", "Global", { name: "Diesel" })],
  "/product": [],
};

/** Never aborts. */
const { signal } = new AbortController();

const tableOf = async (request: QueryRequest, context: AnswerContext) =>
  makeTable(readTableRequest(request, context), context, plenty.open("me", signal));

type Fetch = (path: string, encoded: string) => Promise<readonly unknown[]>;

/** A position for every element, and the end after the last. */
function sourceOf(fetch: Fetch, now = () => 0): Source {
  return {
    memory: createServerMemories(now)("me"),
    fetch: listFetch(async (path, encoded) => {
      const number = (word: string) => Number(new RegExp(`\\(${word}=(\\d+)\\)`).exec(encoded)?.[1] ?? 0);
      const elements = await fetch(path, encoded);
      const from = number("offset");
      return { pieces: [elements.slice(from, from + (number("limit") || Infinity))] };
    }),
  };
}

/** A Data API that answers from the table above. */
function upstream(now = () => 0) {
  const asked: string[] = [];
  const shared = sharing(now);
  const fetch = async (path: string, encoded: string) => {
    const key = `${path} ${/\(entityVariant=\w+\)/.exec(encoded)?.[0] ?? ""}`.trim();
    asked.push(key);
    const answer = answers[key];
    if (!answer) throw new KalError("KAL_COLLECTION_UNKNOWN");
    return answer;
  };
  const pull = (request: Partial<QueryRequest>) =>
    tableOf(
      { collection: "price", ...request },
      {
        owner: "me",
        signal,
        memory: plenty,
        sourceFor: () => sourceOf(fetch),
        ...shared,
        sampleRecord: createSampleRecords(() => 0)("me"),
        hidePersonalData: true,
        now,
      },
    );
  return { asked, fetch, shared, pull };
}

describe("makeTable", () => {
  it("returns the requested columns in order, with missing values as null", async () => {
    const { pull } = upstream();
    const { columns, rows, rowCount } = await pull({ fields: ["effectiveTime", "price"] });
    expect(columns.map(({ name, type }) => [name, type])).toEqual([
      ["effectiveTime", "datetime"],
      ["price", "number"],
    ]);
    expect(rows).toEqual([
      ["2026-11-20T06:00:00", 1.459],
      [null, 1.449],
    ]);
    expect(rowCount).toBe(2);
  });

  it("replaces ids by names, one and two references away, in other variants too", async () => {
    const { pull } = upstream();
    const { rows } = await pull({ fields: ["site.name", "product.product.name"] });
    expect(rows).toEqual([
      ["High Street", "Diesel"],
      ["Ring Road", null],
    ]);
  });

  it("pulls a referenced collection once for many calls, and again if it is too old", async () => {
    let clock = 1_000_000;
    const { pull, asked } = upstream(() => clock);
    const fields = ["site.name"];
    await Promise.all([pull({ fields }), pull({ fields })]);
    clock += 60_000;
    const { asOf } = await pull({ fields });
    expect(asOf).toBe(new Date(1_000_000).toISOString());
    expect(asked.filter((key) => key.startsWith("/site"))).toHaveLength(6);
    await pull({ fields, maxAge: 10 });
    expect(asked.filter((key) => key.startsWith("/site")).length).toBeGreaterThan(6);
  });

  it("leaves a name empty if its collection does not exist, and fails if it is only unavailable", async () => {
    const { pull, fetch, shared } = upstream();
    expect(
      (await pull({ collection: "site", query: "(entityVariant=Own)", fields: ["brand.name"] })).rows,
    ).toEqual([[null]]);
    const down = async (path: string, encoded: string) => {
      if (path === "/site") throw new KalError("KAL_UPSTREAM_DOWN");
      return fetch(path, encoded);
    };
    const source = sourceOf(down);
    const context = {
      owner: "me",
      signal,
      memory: plenty,
      sourceFor: () => source,
      ...shared,
      sampleRecord: createSampleRecords(() => 0)("me"),
      hidePersonalData: true,
      now: () => 0,
    };
    await expect(tableOf({ collection: "price", fields: ["site.name"] }, context)).rejects.toMatchObject({
      code: "KAL_UPSTREAM_DOWN",
    });
  });

  it.each([
    ["site.nmae", "“nmae” in “site”"],
    ["product.product.nmae", "“nmae” in “product.product”"],
    ["site.name.first", "“first” in “site.name”"],
  ])("reports that there is no %s instead of an empty column", async (field, words) => {
    const { pull } = upstream();
    await expect(pull({ fields: ["price", field] })).rejects.toMatchObject({
      code: "KAL_FIELD_UNKNOWN",
      message: expect.stringContaining(words) as string,
    });
  });

  it("does not report a field of a record that was not found", async () => {
    const { pull } = upstream();
    const { rows } = await pull({ collection: "site", query: "(entityVariant=Own)", fields: ["brand.nmae"] });
    expect(rows).toEqual([[null]]);
  });

  it("caches no part of a refused collection, and requests it again", async () => {
    const shared = sharing(() => 0);
    let refuse = true;
    const brands = Array.from({ length: 1001 }, (_, at) =>
      document(`b${at}`, "Common", { name: `Brand ${at}` }),
    );
    const fetch = async (path: string, encoded: string) => {
      if (path === "/site") return [document("s1", "Own", { brand: { entityId: "b0" } })];
      if (encoded.includes("offset=") && refuse) throw new KalError("KAL_FORBIDDEN");
      return brands;
    };
    const source = sourceOf(fetch);
    const context = {
      owner: "me",
      signal,
      memory: plenty,
      sourceFor: () => source,
      ...shared,
      sampleRecord: createSampleRecords(() => 0)("me"),
      hidePersonalData: true,
      now: () => 0,
    };
    const pull = async () => (await tableOf({ collection: "site", fields: ["brand.name"] }, context)).rows;
    expect(await pull()).toEqual([[null]]);
    refuse = false;
    expect(await pull()).toEqual([["Brand 0"]]);
  });

  it("uses the newest version of a referenced entity", async () => {
    const shared = sharing(() => 0);
    const version = (entityVersion: number, name: string) => ({
      id: { entityId: "b1", entityVersion },
      data: { name },
    });
    const fetch = async (path: string) =>
      path === "/site"
        ? [document("s1", "Own", { brand: { entityId: "b1" } })]
        : [version(2, "New"), version(10, "Newest"), version(1, "Old")];
    const source = sourceOf(fetch);
    const context = {
      owner: "me",
      signal,
      memory: plenty,
      sourceFor: () => source,
      ...shared,
      sampleRecord: createSampleRecords(() => 0)("me"),
      hidePersonalData: true,
      now: () => 0,
    };
    const { rows } = await tableOf({ collection: "site", fields: ["brand.name"] }, context);
    expect(rows).toEqual([["Newest"]]);
  });

  it("shares nothing between two owners", async () => {
    const { pull, asked, fetch, shared } = upstream();
    await pull({ fields: ["site.name"] });
    const before = asked.length;
    await tableOf(
      { collection: "price", fields: ["site.name"] },
      {
        owner: "you",
        signal,
        memory: plenty,
        sourceFor: () => sourceOf(fetch),
        ...shared,
        sampleRecord: createSampleRecords(() => 0)("me"),
        hidePersonalData: true,
        now: () => 0,
      },
    );
    expect(asked.length).toBeGreaterThan(before + 1);
  });

  it("reports a field that does not exist", async () => {
    await expect(upstream().pull({ fields: ["prise"] })).rejects.toMatchObject({
      code: "KAL_FIELD_UNKNOWN",
      message: expect.stringContaining("Did you mean “price”?") as string,
    });
  });

  it("refuses a result above the requested size, and says how many rows it has", async () => {
    await expect(upstream().pull({ maxChars: 30 })).rejects.toMatchObject({
      code: "KAL_TOO_LARGE",
      message: expect.stringContaining("2 rows") as string,
    });
  });

  it("refuses more columns than a sheet has before it makes rows", async () => {
    const wide = Array.from({ length: 400 }, (_, at) =>
      document(
        `w${at}`,
        "Own",
        Object.fromEntries(Array.from({ length: 400 }, (_one, key) => [`k${at}x${key}`, key])),
      ),
    );
    const source = sourceOf(async () => wide);
    const context = {
      owner: "me",
      signal,
      memory: plenty,
      sourceFor: () => source,
      ...sharing(() => 0),
      sampleRecord: createSampleRecords(() => 0)("me"),
      hidePersonalData: true,
      now: () => 0,
    };
    await expect(tableOf({ collection: "price", fields: ["*"] }, context)).rejects.toMatchObject({
      code: "KAL_TOO_LARGE",
      message: expect.stringContaining("160,") as string,
    });
  });

  it("stops between two rows when its caller leaves", async () => {
    const many = Array.from({ length: 20_000 }, (_, at) => document(`m${at}`, "Own", { price: at }));
    const caller = new AbortController();
    const context = {
      owner: "me",
      signal: caller.signal,
      memory: plenty,
      sourceFor: () => sourceOf(async () => many),
      ...sharing(() => 0),
      sampleRecord: createSampleRecords(() => 0)("me"),
      hidePersonalData: true,
      now: () => 0,
    };
    const fields = Array.from({ length: 100 }, () => "price");
    const table = tableOf({ collection: "price", fields }, context);
    setImmediate(() => caller.abort(new Error("left")));
    await expect(table).rejects.toThrow("left");
  });
});
