/**
 * The law of batches: each query of a batch is answered as it is alone, whatever it shares with others, on whatever
 * server.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answerBatch, type BatchCaller, type BatchPart } from "../../../../src/gateway/answers/batch.ts";
import type { AnswerContext } from "../../../../src/gateway/answers/context.ts";
import { makeTable, readTableRequest } from "../../../../src/gateway/answers/table.ts";
import { KalError } from "../../../../src/kalibrate/errors.ts";
import type { QueryAnswer, QueryRequest } from "../../../../src/kalibrate/gateway-api.ts";
import { contextOf, type Entity, entity, type Mode, type Server, sites, to } from "../small-api.ts";
import { connectionWith, plenty } from "../support.ts";

type Result = Pick<QueryAnswer, "columns" | "rows" | "rowCount"> | { code: string; message: string };

const shown = ({ columns, rows, rowCount }: QueryAnswer): Result => ({ columns, rows, rowCount });

function failure(error: unknown): Result {
  if (!(error instanceof KalError)) throw error;
  return { code: error.code, message: error.message };
}

async function askAlone(request: QueryRequest, context: AnswerContext): Promise<Result> {
  try {
    const read = readTableRequest(request, context);
    return shown(await makeTable(read, context, plenty.open("me", context.signal)));
  } catch (error) {
    return failure(error);
  }
}

async function askBatch(
  requests: readonly QueryRequest[],
  context: AnswerContext,
  more: Partial<BatchCaller> = {},
): Promise<Result[]> {
  const results: Result[] = [];
  const parts = requests.flatMap((request, at): BatchPart[] => {
    try {
      return [{ at, connection: connectionWith(), context, request: readTableRequest(request, context) }];
    } catch (error) {
      results[at] = failure(error);
      return [];
    }
  });
  await answerBatch(parts, {
    signal: context.signal,
    width: 4,
    run: (_, pull) => pull(context),
    async give({ at }, make) {
      const answer = await make(plenty.open("me", context.signal));
      expect(results[at]).toBeUndefined();
      results[at] = shown(answer);
    },
    async fail({ at }, error) {
      results[at] = failure(error);
    },
    ...more,
  });
  return results;
}

const codes = [...sites.map(({ data }) => String(data["importCode"])), "9999"];
const ids = [...sites.map(({ id }) => id.entityId), "S3", "nobody"];

/** Filters of one batch: the same property with different values. */
const differing = fc.oneof(
  fc.constant(codes.map((code) => `(site.importCode=${code})`)),
  fc.constant(codes.map((code, at) => `(site.importCode in ${code}, ${codes[(at * 5) % codes.length]})`)),
  fc.constant(ids.map((id) => `(site.entityId=${id})`)),
  fc.constant(Array.from({ length: 14 }, (_, at) => `(entityId=${at === 3 ? "P3" : `p${at}`})`)),
  fc.constant(["Astra", "borealis", "Nobody"].map((name) => `(site.brand.name=${name})`)),
  fc.constant(Array.from({ length: 12 }, (_, at) => `(priceId=${at})`)),
  fc.constant(["true", "false"].flatMap((flag) => [`(exported=${flag})`, `(status.exported=${flag})`])),
);
const common = fc.constantFrom(
  "",
  "+(source=PriceNet)",
  "+(source in PriceNet, Survey)",
  "+(site.brand.name!=Astra)",
  "+(nowhere=1)",
  "+(limit=2)",
  "+(orderBy=createdOn)",
  "+(orderBy=createdOn)+(direction=descending)+(limit=1)",
  "+(offset=1)",
);
const fields = fc.constantFrom(
  ["entityId", "priceId"],
  ["entityId", "site.brand.name"],
  ["*"],
  ["entityId", "sauce"],
);

const prices = fc
  .array(
    fc.record({
      site: fc.option(fc.integer({ min: 0, max: 11 }), { nil: undefined }),
      source: fc.constantFrom("PriceNet", "Survey", undefined),
      priceId: fc.integer({ min: 1, max: 10 }),
      exported: fc.constantFrom(true, false),
      sauce: fc.constantFrom("x", undefined, undefined, undefined),
    }),
    { maxLength: 40 },
  )
  .chain((rows) =>
    fc.constantFrom(rows.length, rows.length, 5).map(
      (different) => (apart: number) =>
        rows.map(({ site, ...data }, at): Entity => {
          // Where ids repeat, the later one has the higher version.
          const more = site === undefined ? data : { ...data, site: to(`s${site}`) };
          const row = entity(`p${at % different}`, "Own", more, Math.floor(at / apart));
          const version = { entityVersion: Math.floor(at / different) };
          return { ...row, id: { ...row.id, ...version } };
        }),
    ),
  );
const server = fc.record({
  mode: fc.constantFrom<Mode>("understood", "refused", "ignored", "nothing"),
  cap: fc.constantFrom(Infinity, 7),
  turns: fc.boolean(),
  repeats: fc.boolean(),
});

describe("a batch", () => {
  it("answers each query as it is answered alone", async () => {
    await fc.assert(
      fc.asyncProperty(
        prices,
        server,
        fc.array(fc.tuple(differing, common, fields, fc.constantFrom(undefined, 3)), {
          minLength: 1,
          maxLength: 3,
        }),
        async (make, how, kinds) => {
          // Which of several records of one moment a limit leaves out is up to the server.
          const isCut = kinds.some(
            ([, others, , limit]) => limit !== undefined || /limit|orderBy/.test(others),
          );
          const documents = make(isCut ? 1 : 3);
          const requests = kinds.flatMap(([filters, others, columns, limit]) =>
            filters.map((filter): QueryRequest => ({
              collection: "price",
              query: `${filter}${others}`,
              fields: [...columns],
              ...(limit !== undefined && { limit }),
            })),
          );
          const { context } = contextOf(documents, how);
          const alone: Result[] = [];
          for (const request of requests)
            alone.push(await askAlone(request, contextOf(documents, how).context));
          expect(await askBatch(requests, context)).toEqual(alone);
          // By now the sizes of slices are known.
          expect(await askBatch(requests.slice(0, 5), context)).toEqual(alone.slice(0, 5));
        },
      ),
      { numRuns: 25 },
    );
  });
});

const plain: Server = { mode: "understood", cap: Infinity, turns: false };
const many = Array.from({ length: 60 }, (_, at) =>
  entity(`p${at}`, "Own", { site: to(`s${at % 12}`), priceId: at }, at),
);
const bySite = (of: readonly string[], more: Partial<QueryRequest> = {}): QueryRequest[] =>
  of.map((code) => ({
    collection: "price",
    query: `(site.importCode=${code})`,
    fields: ["entityId"],
    ...more,
  }));
const pulls = (asked: readonly string[]) =>
  asked.filter((text) => text.startsWith("/price") && !text.includes("offset") && !text.includes("limit=1)"));

describe("a batch that differs in one code", () => {
  it("is one slice where it asks for many", async () => {
    const { context, asked } = contextOf(many, plain);
    const results = await askBatch(bySite(codes.slice(0, 12)), context);
    expect(results).toHaveLength(12);
    expect(results[1]).toMatchObject({ rows: [["p49"], ["p37"], ["p25"], ["p13"], ["p1"]] });
    expect(pulls(asked)).toEqual(["/price (limit=0)"]);
  });

  it("is small queries where it asks for few, until the slice is known to be as small", async () => {
    const { context, asked } = contextOf(many, plain);
    await askBatch(bySite(codes.slice(0, 3)), context);
    expect(pulls(asked)).toHaveLength(3);
    await askAlone({ collection: "price", fields: ["entityId"] }, context);
    asked.length = 0;
    await askBatch(bySite(codes.slice(3, 6)), context);
    expect(pulls(asked)).toEqual(["/price (limit=0)"]);
  });

  it("is small queries where the slice is found to be too large, and is not tried again", async () => {
    const large = Array.from({ length: 3000 }, (_, at) =>
      entity(`p${at}`, "Own", { site: to(`s${at % 12}`) }, at),
    );
    const { context, asked } = contextOf(large, plain);
    const tried = () => pulls(asked).filter((text) => text === "/price (limit=0)").length;
    await askBatch(bySite(codes.slice(0, 9)), context);
    expect(tried()).toBe(1);
    expect(pulls(asked)).toHaveLength(10);
    await askBatch(bySite(codes.slice(0, 9), { maxAge: 0 }), context);
    expect(tried()).toBe(1);
  });

  it("is a batch for each limit, order, list of fields and connection", async () => {
    const { context, asked } = contextOf(many, plain);
    const twelve = codes.slice(0, 12);
    await askBatch(
      [...bySite(twelve), ...bySite(twelve, { limit: 1 }), ...bySite(twelve, { fields: ["priceId"] })],
      context,
    );
    expect(pulls(asked).sort()).toEqual([
      "/price (limit=0)",
      "/price (limit=0)",
      "/price (orderBy=createdOn)+(direction=descending)+(limit=0)",
    ]);
  });

  it("gives each answer as it is ready: a slow query delays no other one", async () => {
    const { context } = contextOf(many, plain);
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const given: number[] = [];
    const requests = [1, 2, 3, 4].map((id): QueryRequest => ({
      collection: "price",
      query: `(priceId=${id})`,
      fields: ["entityId"],
    }));
    const all = askBatch(requests, context, {
      run: async (part, pull) => {
        if (part.at === 0) await held;
        return pull(context);
      },
      give: async (part, make) => {
        await make(plenty.open("me", context.signal));
        given.push(part.at);
        if (given.length === 3) release();
      },
    });
    await all;
    expect(given.slice(0, 3).sort()).toEqual([1, 2, 3]);
    expect(given.at(3)).toBe(0);
  });
});
