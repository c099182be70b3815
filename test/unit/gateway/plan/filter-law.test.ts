/**
 * A property of filters: a query selects exactly the records that pass all its filters, whether the API or the gateway
 * applies them, in text and through references, on any server.
 */
import fc from "fast-check";
import { expect, it } from "vitest";
import type { AnswerContext } from "../../../../src/gateway/answers/context.ts";
import { makeTable, readTableRequest } from "../../../../src/gateway/answers/table.ts";
import { KalError } from "../../../../src/kalibrate/errors.ts";
import {
  contextOf,
  type Entity,
  entity,
  type Mode,
  passesBare,
  type Server,
  sites,
  to,
} from "../small-api.ts";
import { plenty } from "../support.ts";

async function idsOf(query: string, context: AnswerContext, limit?: number): Promise<unknown[]> {
  const request = { collection: "price", query, fields: ["entityId"], ...(limit !== undefined && { limit }) };
  const table = await makeTable(
    readTableRequest(request, context),
    context,
    plenty.open("me", context.signal),
  );
  return table.rows.flat();
}

function passes(entity: Entity, { path, operator, values }: Filter): boolean {
  if (operator === "in") return values.some((value) => passesBare(entity, path, "=", value));
  if (operator === "not in") return !values.some((value) => passesBare(entity, path, "=", value));
  return passesBare(entity, path, operator, values[0]!);
}

interface Filter {
  readonly path: readonly string[];
  readonly operator: string;
  readonly values: readonly string[];
}

const quoted = (value: string) => (/[()]/.test(value) ? `'${value}'` : value);
const written = ({ path, operator, values }: Filter) =>
  `(${path.join(".")}${/^\w/.test(operator) ? ` ${operator} ` : operator}${values.map(quoted).join(", ")})`;

const filterOf = (path: string, operators: readonly string[], values: readonly string[]) =>
  fc.constantFrom(...operators).chain((operator) =>
    fc
      .uniqueArray(fc.constantFrom(...values), {
        minLength: 1,
        maxLength: operator.endsWith("in") ? values.length : 1,
      })
      .map((chosen): Filter => ({ path: path.split("."), operator, values: chosen })),
  );
const codes = sites.map(({ data }) => String(data["importCode"]));
const filter = fc.oneof(
  filterOf("site.importCode", ["=", "!=", "in", "not in"], [...codes, "9999"]),
  filterOf(
    "site.brand.name",
    ["=", "!=", "@=", "in", "not in"],
    ["Astra", "borealis", "Comet (old)", "Nobody"],
  ),
  filterOf("site.nearestOwnSite.nearestOwnSite.importCode", ["=", "in", "not in"], codes.slice(0, 5)),
  filterOf("site.competitorPriceTargetPriority", [">", "<=", "in"], ["0", "3", "7", "11", "99"]),
  filterOf("source", ["=", "in", "not in"], ["PriceNet", "survey", "OPIS (daily)"]),
  filterOf("priceId", ["in", "not in", ">"], ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]),
);
const prices = fc
  .array(
    fc.record({
      // Beyond the twelfth it leads nowhere.
      site: fc.option(fc.integer({ min: 0, max: 13 }), { nil: undefined }),
      source: fc.constantFrom("PriceNet", "Survey", "OPIS (daily)", undefined),
      priceId: fc.integer({ min: 1, max: 10 }),
    }),
    { maxLength: 40 },
  )
  .map((rows) =>
    rows.map(({ site, ...data }, at) =>
      entity(`p${at}`, "Own", { ...data, ...(site !== undefined && { site: to(`s${site}`) }) }, at),
    ),
  );
const server = fc.record({
  mode: fc.constantFrom<Mode>("understood", "refused", "ignored", "nothing"),
  cap: fc.constantFrom(Infinity, 7),
  turns: fc.boolean(),
});

it("a query selects the records that pass all of its filters, the newest first", async () => {
  await fc.assert(
    fc.asyncProperty(
      prices,
      fc.array(filter, { minLength: 1, maxLength: 3 }),
      server,
      fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
      async (documents, filters, how, limit) => {
        const { context } = contextOf(documents, how);
        const expected = documents
          .filter((documentItem) => filters.every((one_) => passes(documentItem, one_)))
          .toSorted((a, b) => (a.id.createdOn < b.id.createdOn ? 1 : -1))
          .map(({ id }) => id.entityId)
          .slice(0, limit);
        const got = await idsOf(filters.map(written).join("+"), context, limit).catch((error: unknown) => {
          // No referenced record passes: the error says which.
          if (error instanceof KalError && error.code === "KAL_NO_ROWS") return [];
          throw error;
        });
        expect(got).toEqual(expected);
      },
    ),
    { numRuns: 300 },
  );
});

const some = Array.from({ length: 60 }, (_, at) =>
  entity(`p${at}`, "Own", { site: to(`s${at % 12}`), priceId: at }, at),
);
const plain: Server = { mode: "understood", cap: Infinity, turns: false };
const ofPrices = (asked: readonly string[]) => asked.filter((text) => text.startsWith("/price"));

it("requests few entities one by one if the API understands their ids, which it checks once", async () => {
  const { context, asked } = contextOf(some, plain);
  await idsOf("(site.importCode in 1250, 1251)", context);
  expect(ofPrices(asked).filter((ofPrice) => !ofPrice.includes("limit=1)"))).toEqual([
    "/price (site.entityId=s0)+(limit=0)",
    "/price (site.entityId=s1)+(limit=0)",
  ]);
  asked.length = 0;
  await idsOf("(site.importCode=1252)", context);
  expect(ofPrices(asked)).not.toContainEqual(expect.stringContaining("orderBy"));
});

it.each<Mode>(["refused", "ignored", "nothing"])(
  "requests the slice without that filter if ids are %s by the API",
  async (mode) => {
    const { context, asked } = contextOf(some, { ...plain, mode });
    expect(await idsOf("(site.importCode in 1250, 1251)", context)).toHaveLength(10);
    expect(ofPrices(asked).at(-1)).toMatch(/^\/price \(limit=/);
  },
);

it("returns the newest records if a limit meets filters of both kinds", async () => {
  const both = "(site.importCode in 1250, 1251)+(source='OPIS (daily)')";
  const documents = Array.from({ length: 40 }, (_, at) =>
    entity(`p${at}`, "Own", { site: to(`s${at % 4}`), source: "OPIS (daily)" }, at),
  );
  const { context, asked } = contextOf(documents, plain);
  expect(await idsOf(both, context, 3)).toEqual(["p37", "p36", "p33"]);
  expect(ofPrices(asked).filter((ofPrice) => ofPrice.includes("limit=0"))).toHaveLength(2);
});

it("says which filters were applied here", async () => {
  const { context } = contextOf(some, plain);
  const saidFor = async (query: string) => {
    const request = readTableRequest({ collection: "price", query }, context);
    return (await makeTable(request, context, plenty.open("me", context.signal))).filteredHere;
  };
  expect(await saidFor("(site.importCode in 1250, 1251)+(priceId not in 1, 2)")).toBe(
    "(priceId not in 1, 2)",
  );
  expect(await saidFor("(site.importCode>0)")).toBe("(site.importCode>0)");
  expect(await saidFor("(priceId>1)")).toBeUndefined();
});

it("stops reading at a limit", async () => {
  const many = Array.from({ length: 5000 }, (_, at) =>
    entity(`p${at}`, "Own", { source: `a (${at % 2})` }, at),
  );
  const { context, asked } = contextOf(many, { ...plain, cap: 100 });
  expect(await idsOf("(source='a (1)')", context, 20)).toHaveLength(20);
  expect(ofPrices(asked)).toHaveLength(1);
});

it.each([
  ["(site.importCode=1259)", "KAL_NO_ROWS", undefined],
  ["(site.importCode=125)", "KAL_NO_ROWS", "No site has the importCode “125”. Did you mean “1250”?"],
  ["(site.brand.name=Borealiss)", "KAL_NO_ROWS", "Did you mean “Borealis”?"],
  ["(site.brand.nmae=Astra)", "KAL_QUERY_INVALID", "Did you mean “name”?"],
  ["(priceId in 1,45)", "KAL_QUERY_INVALID", "numbers separated by “;” or by a comma and a blank"],
  ["(priceId in 1; 4.5; x)", "KAL_QUERY_INVALID", "expected a number"],
])("%s is explained", async (query, code, words) => {
  const { context } = contextOf(some, plain);
  const outcome = await idsOf(query, context).catch((error: unknown) => error as KalError);
  if (words === undefined) expect(outcome).toHaveLength(5);
  else {
    expect(outcome).toMatchObject({ code });
    expect((outcome as KalError).message).toContain(words);
  }
});
