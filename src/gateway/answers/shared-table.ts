/**
 * Tables shared by equal requests.
 * @module
 */
import type { QueryAnswer } from "../../kalibrate/gateway-api.ts";
import type { Query } from "../../kalibrate/query/clauses.ts";
import type { TableValue } from "../../kalibrate/table.ts";
import type { AnswerShare } from "../answer-memory.ts";
import type { Age, Origin } from "../shared/answer.ts";
import type { AnswerContext } from "./context.ts";
import type { ReadSummary } from "./read-summary.ts";
import { makeSummary } from "./summary.ts";
import { makeTable, type TableRequest } from "./table.ts";

/** Bytes of a row, and of a value besides its text. */
const rowBytes = 40;
const valueBytes = 16;

/**
 * The table of a request: from the cache, from an equal request in progress, from another replica, or from a pull.
 * @param share counts the memory of its rows.
 * @throws as `makeTable`; all callers who share a pull get its error.
 */
export async function shareTable(
  request: TableRequest,
  context: AnswerContext,
  share: AnswerShare,
): Promise<QueryAnswer> {
  return (await shareTableOfAge(request, context, share)).table;
}

/** As `shareTable`, with the age of the table. */
export function shareTableOfAge(
  request: TableRequest,
  context: AnswerContext,
  share: AnswerShare,
): Promise<SharedTable> {
  const { address, query, paths, limit, maxChars, maxAge } = request;
  const what = [address.path, address.entityType, withoutPositions(query), paths, limit, maxChars];
  return shareAnswer("query", what, maxAge, context, share, (pulling, own) =>
    makeTable(request, pulling, own),
  );
}

interface SharedTable extends Age {
  readonly table: QueryAnswer;
}

/** As `shareTable`, for a summary. */
export async function shareSummary(
  request: ReadSummary,
  context: AnswerContext,
  share: AnswerShare,
): Promise<QueryAnswer> {
  const { address, query, groups, measures, limit, maxChars, maxAge } = request;
  // Only values in force until now depend on the time.
  const now = measures.some(({ measure }) => measure === "timeavg") ? request.now : undefined;
  const what = [
    address.path,
    address.entityType,
    withoutPositions(query),
    groups,
    measures,
    limit,
    maxChars,
    now,
  ];
  const { table } = await shareAnswer("summary", what, maxAge, context, share, (pulling, own) =>
    makeSummary(request, pulling, own),
  );
  return table;
}

/** Two spellings of a query are the same request. */
export const withoutPositions = (query: Query) => query.map((clause) => ({ ...clause, position: undefined }));

/** @param what everything that the table depends on. */
async function shareAnswer(
  kind: "query" | "summary",
  what: readonly unknown[],
  maxAge: number | undefined,
  context: AnswerContext,
  share: AnswerShare,
  make: (context: AnswerContext, share: AnswerShare) => Promise<QueryAnswer>,
): Promise<SharedTable> {
  const { owner, signal, keepFor, memory, hidePersonalData } = context;
  const { answer, origin, started, lag } = await context.shared.get<Omit<QueryAnswer, "rows">, TableValue[]>({
    owner,
    what: [kind, hidePersonalData, ...what],
    keepFor,
    maxAge,
    signal,
    async pull(stop) {
      const own = memory.open(owner, stop);
      try {
        const { rows, ...head } = await make({ ...context, signal: stop }, own);
        return { head, items: rows, asOf: Date.parse(head.asOf) };
      } finally {
        own.shrink(0);
      }
    },
  });
  const shared = origins[origin];
  const table = { ...answer.head, rows: [...answer.items], ...(shared !== undefined && { shared }) };
  share.add(sizeOfTable(table));
  await share.admitted();
  return { table, started, lag };
}

const origins: Readonly<Record<Origin, QueryAnswer["shared"]>> = {
  pull: undefined,
  joined: "call",
  memory: "memory",
  replica: "replica",
};

/** Approximate bytes of the rows in memory. */
export function sizeOfTable({ rows }: Pick<QueryAnswer, "rows">): number {
  let bytes = 1 + rows.length * rowBytes;
  for (const row of rows) {
    bytes += row.length * valueBytes;
    for (const value of row) if (typeof value === "string") bytes += value.length;
  }
  return bytes;
}
