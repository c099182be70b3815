/**
 * How the first rows of each function are asked for.
 * @module
 */
import { nowText } from "../../../runtime/now-text.ts";
import type { QueryAnswer, QueryRequest } from "../../../../kalibrate/gateway-api.ts";
import { type Asking, askRows, askSummary } from "../ask.ts";
import { besideQuestion } from "../beside/question.ts";
import { type Draft, functionOf, textsOf } from "../draft.ts";
import { type FunctionName, functions, type KalFunction } from "../formula/functions.ts";
import { marketQuestion } from "../market/question.ts";
import { type Question, type RowCount, sliceOf } from "./question.ts";

/** Number of rows shown. */
export const previewRows = 10;

/** Rows are counted up to this number. */
const maxCounted = 5000;

/** Undefined if something is missing or only Excel can calculate an argument. */
export function questionOf(draft: Draft): Question | undefined {
  const name = functionOf(draft);
  const { expressions, collection, queryProblem } = draft;
  const { parameters }: KalFunction = functions[name];
  const isCalculated = parameters.some(
    (parameter) => parameter !== "headers" && parameter !== "limit" && expressions[parameter] !== undefined,
  );
  return collection === "" || queryProblem || isCalculated ? undefined : questions[name](draft);
}

const questions: Readonly<Record<FunctionName, (draft: Draft) => Question | undefined>> = {
  QUERY(draft) {
    const { fields, limit } = draft;
    const request: QueryRequest = {
      ...sliceOf(draft),
      ...(fields.length > 0 && { fields: [...fields] }),
      limit: Math.min(limit || previewRows, previewRows),
    };
    return {
      subject: request.collection,
      ask: (asking) => askRows(asking, request),
      count: (asking, answer) => countRows(asking, answer, request, limit),
    };
  },

  /** All groups are calculated anyway, so that they are counted at once. */
  SUMMARY(draft) {
    const measures = textsOf(draft.measures);
    if (measures.length === 0) return undefined;
    const limit = Math.min(draft.limit || maxCounted + 1, maxCounted + 1);
    const request = { ...sliceOf(draft), by: textsOf(draft.by), measures, limit, now: nowText(new Date()) };
    return {
      subject: `totals of ${request.collection}`,
      ask: (asking) => askSummary(asking, request),
      count: (_, { rowCount }) => Promise.resolve(counted(rowCount)),
    };
  },

  LOOKUP: besideQuestion,
  ASOF: besideQuestion,
  MARKET: marketQuestion,
};

const counted = (rows: number): RowCount => ({
  rows: Math.min(rows, maxCounted),
  hasMore: rows > maxCounted,
});

/**
 * Requests one column only, because we need just the number of rows. If this fails, the rows of the preview are still
 * shown.
 */
async function countRows(
  asking: Asking,
  { rowCount, columns }: QueryAnswer,
  request: QueryRequest,
  limit: number,
): Promise<RowCount | undefined> {
  if (rowCount < (request.limit ?? 0) || rowCount === limit) return { rows: rowCount, hasMore: false };
  const max = Math.min(limit || maxCounted + 1, maxCounted + 1);
  const fields = columns.slice(0, 1).map(({ name }) => name);
  const answer = await askRows(asking, { ...request, fields, limit: max }).catch(() => undefined);
  return answer && counted(answer.rowCount);
}
