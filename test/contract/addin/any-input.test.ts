/**
 * For any answer of the service and any input from Excel, every call settles with values or with a known error, and a
 * missing value never shows as 0.
 */
import fc from "fast-check";
import { expect, it } from "vitest";
import { errorCodes } from "../../../src/kalibrate/errors.ts";
import { type FunctionId, openExcel, startService, valuesOf } from "./kal.ts";

const ids: readonly FunctionId[] = ["QUERY", "LOOKUP", "ASOF", "SUMMARY", "MARKET", "STATUS", "FIELDS"];

/** Values of cells as Excel passes them. */
const single = fc.oneof(
  fc.constantFrom("site", "price", "(entityVariant=Own)", "name, brand.name", "importCode", "", "today-7"),
  fc.string({ unit: "binary", maxLength: 30 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
);
const range = fc
  .tuple(fc.integer({ min: 1, max: 3 }), fc.array(single, { minLength: 9, maxLength: 9 }))
  .map(([width, values]) => [0, 1, 2].map((row) => values.slice(row * width, (row + 1) * width)));

/** Numbers of arguments that Excel accepts. */
const counts: Readonly<Record<string, readonly [least: number, most: number]>> = {
  QUERY: [1, 5],
  LOOKUP: [5, 7],
  ASOF: [6, 8],
  SUMMARY: [4, 6],
  MARKET: [1, 5],
  STATUS: [0, 2],
  FIELDS: [1, 2],
};
/** Arguments that may be ranges. */
const takesRanges: Readonly<Record<string, readonly number[]>> = {
  QUERY: [1, 2],
  LOOKUP: [1, 2, 3, 4, 5, 6],
  ASOF: [1, 2, 3, 4, 5, 6, 7],
  SUMMARY: [1, 2, 3],
  MARKET: [0, 1, 2],
  FIELDS: [1],
};
const numbers: Readonly<Record<string, readonly number[]>> = {
  QUERY: [3, 4],
  SUMMARY: [4, 5],
  MARKET: [3],
};

const call = fc.constantFrom(...ids).chain((id) => {
  const [least, most] = counts[id]!;
  return fc.integer({ min: least, max: most }).chain((count) =>
    fc
      .tuple(
        ...Array.from({ length: count }, (_, at) => {
          if (numbers[id]?.includes(at)) return fc.oneof(fc.integer({ min: -2, max: 9 }), fc.constant(null));
          if (takesRanges[id]?.includes(at)) return fc.oneof(single, range);
          return fc.oneof(fc.constantFrom("site", "price", "state"), fc.string({ maxLength: 12 }));
        }),
      )
      .map((args) => ({ id, args: args })),
  );
});

const value = fc.oneof(fc.constantFrom(null, [], {}, [1]), fc.jsonValue({ maxDepth: 1 }));
/** Well-formed answers with any values, and arbitrary answers. */
const body = fc.oneof(
  fc.record({
    columns: fc.constant([
      { name: "a", label: "A", type: "number" },
      { name: "b", label: "B", type: "datetime" },
    ]),
    rows: fc.array(fc.tuple(value, value), { maxLength: 4 }),
    asOf: fc.constant("2026-11-20T07:00:00Z"),
    results: fc.array(fc.array(fc.record({ value }), { maxLength: 3 }), { maxLength: 3 }),
  }),
  fc.jsonValue(),
);
const answer = fc.record({
  status: fc.constantFrom(200, 200, 200, 400, 401, 404, 429, 500, 502, 503),
  text: fc.oneof(
    body.map((item) => JSON.stringify(item)),
    fc.constantFrom("", "<html>", '{"rows":[[1', "null"),
  ),
});

it("settles every call with values or a known error", async () => {
  const service = await startService({ ownSites: 1 });
  let next = { status: 200, text: "" };
  const fake = (() => Promise.resolve(new Response(next.text, { status: next.status }))) as typeof fetch;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(call, answer), { minLength: 5, maxLength: 5 }), async (pairs) => {
      const { call: invoke, page } = await openExcel({ service, fetch: fake });
      for (const [{ id, args }, given] of pairs) {
        next = given;
        const cells = await invoke(id, ...args);
        expect(cells.length).toBeGreaterThan(0);
        for (const shown of valuesOf(cells).flat()) {
          expect(["string", "number", "boolean"]).toContain(typeof shown);
          if (typeof shown === "string" && shown.startsWith("#VALUE! "))
            expect(
              errorCodes.some((code) => shown.includes(code)),
              `${id} ${JSON.stringify(args)} ${JSON.stringify(given)}: ${shown}`,
            ).toBe(true);
        }
      }
      page.close();
    }),
    { numRuns: 15 },
  );
});

it("shows no missing value as 0", async () => {
  const service = await startService({ ownSites: 1 });
  const columns = ["number", "datetime", "text", "boolean"].map((type) => ({
    name: type,
    label: type,
    type,
  }));
  const absent = { columns, rows: [[null, null, null, null]], asOf: "2026-11-20T07:00:00Z", rowCount: 1 };
  const fake = (() => Promise.resolve(new Response(JSON.stringify(absent)))) as typeof fetch;
  const { call: invoke } = await openExcel({ service, fetch: fake });
  expect(valuesOf(await invoke("QUERY", "site", "", "a", 0))).toEqual([["", "", "", ""]]);
});
