import { describe, expect, it } from "vitest";
import type { AnswerContext } from "../../../../src/gateway/answers/context.ts";
import { readSummary } from "../../../../src/gateway/answers/read-summary.ts";
import { makeSummary } from "../../../../src/gateway/answers/summary.ts";
import { createSampleRecords } from "../../../../src/gateway/plan/sample-records.ts";
import { createServerMemories } from "../../../../src/gateway/slices/server-memory.ts";
import type { SummaryRequest } from "../../../../src/kalibrate/gateway-api.ts";
import { listFetch, plenty, sharing } from "../support.ts";

type Lists = Readonly<Record<string, readonly unknown[]>>;

const document = (entityId: string, data: object, id: object = {}) => ({
  id: { entityId, entityVariant: "Own", ...id },
  data,
});

const site = (entityId: string, brand: string) => document(entityId, { importCode: entityId, brand });
const price = (entityId: string, effectiveTime: string, value: number, more: object = {}) =>
  document(entityId, {
    site: { entityId: "s1" },
    product: { entityId: "p1" },
    effectiveTime,
    price: value,
    ...more,
  });

/** A Data API with these lists by path; it applies limit and offset, but no filter. */
function summaryOver(lists: Lists) {
  const asked: string[] = [];
  const shared = sharing(Date.now);
  const { signal } = new AbortController();
  const fetch = listFetch(async (path, encoded) => {
    asked.push(`${path} ${encoded}`);
    const number = (word: string) => Number(new RegExp(`\\(${word}=(\\d+)\\)`).exec(encoded)?.[1] ?? 0);
    const from = number("offset");
    const elements = (lists[path] ?? []).slice(from, from + (number("limit") || Infinity));
    return { pieces: elements.map((element) => [element]) };
  });
  const memory = createServerMemories(() => 0)("me");
  const context: AnswerContext = {
    owner: "me",
    signal,
    memory: plenty,
    sourceFor: () => ({ memory, fetch }),
    ...shared,
    sampleRecord: createSampleRecords(() => 0)("me"),
    hidePersonalData: true,
    now: () => Date.UTC(2026, 11, 1),
  };
  const summarise = async (request: Partial<SummaryRequest>) => {
    const read = readSummary({ collection: "price", by: [], measures: ["count"], ...request }, context);
    return makeSummary(read, context, plenty.open("me", signal));
  };
  return { asked, summarise };
}

describe("makeSummary", () => {
  it("omits superseded records, and says how many", async () => {
    const versions = [1, 2, 3].map((entityVersion) => ({
      ...price("a", "2026-11-02T00:00:00", entityVersion),
      id: { entityId: "a", entityVariant: "Own", entityVersion },
    }));
    const { summarise } = summaryOver({ "/price": [...versions, price("b", "2026-11-03T00:00:00", 10)] });
    const { rows, superseded } = await summarise({ measures: ["count", "sum(price)", "last(price)"] });
    expect(rows).toEqual([[2, 13, 10]]);
    expect(superseded).toBe(2);
  });

  it("reads the record in force at the start of the window, and uses it for nothing else", async () => {
    const { asked, summarise } = summaryOver({
      "/price": [
        price("a", "2026-10-01T00:00:00", 1),
        price("b", "2026-10-20T00:00:00", 2),
        price("c", "2026-11-02T12:00:00", 4),
        price("d", "2026-12-24T00:00:00", 100),
      ],
    });
    const { rows } = await summarise({
      query: "(effectiveTime>=2026-11-01)",
      by: ["day(effectiveTime)"],
      measures: ["count", "timeavg(price)"],
      now: "2026-11-03T06:00:00",
    });
    expect(rows).toEqual([
      ["2026-11-01", 0, 2],
      ["2026-11-02", 1, 3],
      ["2026-11-03", 0, 4],
      ["2026-12-24", 1, null],
    ]);
    expect(asked.some((request) => request.includes("effectiveTime"))).toBe(false);
  });

  it("takes a record's site from its product if it has none", async () => {
    const records = [
      price("a", "2026-11-02T00:00:00", 1),
      price("b", "2026-11-02T12:00:00", 3, { site: null }),
      price("c", "2026-11-02T00:00:00", 10, { site: { entityId: "s2" } }),
    ];
    const product = document("p1", { site: { entityId: "s1" } });
    const { summarise } = summaryOver({ "/price": records, "/product": [product] });
    const { rows } = await summarise({ measures: ["timeavg(price)"], now: "2026-11-03T00:00:00" });
    // The first holds for half a day, then the second; the third for a whole day.
    expect(rows).toEqual([[(1 * 12 + 3 * 12 + 10 * 24) / 48]]);
  });

  it("requests referenced records once, even if no cached data is allowed", async () => {
    const { asked, summarise } = summaryOver({
      "/price": ["s1", "s2", "s1", "gone"].map((entityId, at) =>
        price(`p${at}`, "2026-11-02", at, { site: { entityId } }),
      ),
      "/site": [site("s1", "Alpha"), site("s2", "Beta")],
    });
    const { rows } = await summarise({ by: ["site.brand"], measures: ["count"], maxAge: 0 });
    expect(rows).toEqual([
      ["Alpha", 2],
      ["Beta", 1],
      [null, 1],
    ]);
    expect(asked.filter((request) => request.startsWith("/site (entityVariant=Own)")).length).toBeLessThan(3);
  });

  it("groups by references as their ids, and refuses other objects", async () => {
    const { summarise } = summaryOver({ "/price": [price("a", "2026-11-02", 1, { extra: { a: 1, b: 2 } })] });
    expect((await summarise({ by: ["site"] })).rows).toEqual([["s1", 1]]);
    await expect(summarise({ by: ["extra"] })).rejects.toThrow(
      expect.objectContaining({
        code: "KAL_FIELD_TYPE",
        message: expect.stringContaining("extra") as string,
      }),
    );
    expect((await summarise({ by: ["extra.b"], measures: ["count(extra)"] })).rows).toEqual([[2, 1]]);
  });

  it("refuses measures over time if no record has a time", async () => {
    const { summarise } = summaryOver({ "/volume": [document("a", { volume: 5, startTime: "2026-11-02" })] });
    await expect(summarise({ collection: "volume", measures: ["last(volume)"] })).rejects.toThrow(
      /effectiveTime/,
    );
    expect((await summarise({ collection: "volume", measures: ["sum(volume)"] })).rows).toEqual([[5]]);
  });

  it("stops if there are more groups than the caller accepts", async () => {
    const many = Array.from({ length: 500 }, (_, at) => price(`e${at}`, "2026-11-02", at));
    const { summarise } = summaryOver({ "/price": many });
    await expect(summarise({ by: ["price"], maxChars: 2000 })).rejects.toThrow(
      expect.objectContaining({ code: "KAL_TOO_LARGE" }),
    );
    expect((await summarise({ by: ["price"], maxChars: 2000, limit: 2 })).rows).toEqual([
      [0, 1],
      [1, 1],
    ]);
    const hours = { by: ["hour(effectiveTime)"], measures: ["timeavg(price)"], maxChars: 2000 };
    await expect(summarise(hours)).rejects.toThrow(/at least/);
  });
});
