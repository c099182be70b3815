/**
 * A question for the first rows.
 * @module
 */
import { readQuery } from "../../../functions/arguments.ts";
import type { QueryAnswer, QueryRequest } from "../../../../kalibrate/gateway-api.ts";
import type { Asking } from "../ask.ts";
import { collectionPath, type Draft } from "../draft.ts";

/** Number of rows. */
export interface RowCount {
  readonly rows: number;
  /** Whether there are more. */
  readonly hasMore: boolean;
}

export interface PreviewAnswer extends QueryAnswer {
  /** What a person should know about it. */
  note?: string | undefined;
}

export interface Question {
  /** Rows of another subject must not be shown. */
  readonly subject: string;
  readonly ask: (asking: Asking) => Promise<PreviewAnswer>;
  /** The number of rows of the whole answer; undefined if it cannot be found. */
  readonly count: (asking: Asking, answer: QueryAnswer) => Promise<RowCount | undefined>;
}

export function sliceOf(draft: Draft): Pick<QueryRequest, "collection" | "query"> {
  const query = readQuery(draft.queryText, new Date());
  return { collection: collectionPath(draft), ...(query !== undefined && { query }) };
}
