/**
 * The first rows of what is being built, as they are now.
 * @module
 */
import { reactive } from "@microsoft/fast-element/state.js";
import type { KalError } from "../../../../kalibrate/errors.ts";
import { asKalError } from "../../../runtime/as-kal-error.ts";
import type { QueryAnswer, QueryRequest } from "../../../../kalibrate/gateway-api.ts";
import { readQuery } from "../../../functions/arguments.ts";
import type { HeldConnection } from "../../../runtime/session/connection-store.ts";
import { type Asking, askRows } from "../ask.ts";
import { collectionPath, type Draft } from "../draft.ts";
import { createLatest, pause, typingPause } from "../latest.ts";

/** How many rows come. */
export interface RowCount {
  readonly rows: number;
  /** Whether there are more than these. */
  readonly hasMore: boolean;
}

export interface Preview {
  answer: QueryAnswer | undefined;
  /** Undefined until it is known. */
  count: RowCount | undefined;
  problem: KalError | undefined;
  isLoading: boolean;
  /** Shows what the draft says now, as soon as nobody has typed for a moment. */
  readonly update: () => Promise<void>;
  readonly stop: () => void;
}

/** Rows that are shown. */
const previewRows = 10;

/** Rows that are counted. */
const maxCounted = 5000;

/** What a preview would ask for; undefined where only Excel knows, or nothing is chosen yet. */
export function previewRequest(draft: Draft): QueryRequest | undefined {
  const { expressions, queryText, queryProblem, fields, limit } = draft;
  if (draft.collection === "" || queryProblem) return undefined;
  if (expressions.collection ?? expressions.query ?? expressions.fields) return undefined;
  const query = readQuery(queryText, new Date());
  return {
    collection: collectionPath(draft),
    ...(query !== undefined && { query }),
    ...(fields.length > 0 && { fields: [...fields] }),
    limit: Math.min(limit || previewRows, previewRows),
  };
}

export function createPreview(draft: Draft, connection: () => HeldConnection): Preview {
  const latest = createLatest();
  let shown = "";

  const preview: Preview = reactive<Preview>({
    answer: undefined,
    count: undefined,
    problem: undefined,
    isLoading: false,

    async update() {
      const signal = latest.begin();
      const request = previewRequest(draft);
      if (!request) {
        preview.isLoading = false;
        preview.problem = undefined;
        return;
      }
      // Another collection's rows are no preview of this one's.
      const { collection } = request;
      if (collection !== shown) preview.answer = undefined;
      shown = collection;
      preview.count = undefined;
      preview.isLoading = true;
      try {
        await pause(typingPause, signal);
        const asking = { connection: connection(), signal };
        preview.answer = await askRows(asking, request);
        preview.problem = undefined;
        preview.isLoading = false;
        preview.count = await countRows(asking, preview.answer, request, draft.limit);
      } catch (error) {
        if (signal.aborted) return;
        preview.answer = undefined;
        preview.problem = asKalError(error);
      }
      preview.isLoading = false;
    },

    stop: latest.stop,
  });
  return preview;
}

/** Of one column only: what comes is looked at for its number. A failure is that of the rows, which are there. */
async function countRows(
  asking: Asking,
  { rowCount, columns }: QueryAnswer,
  request: QueryRequest,
  limit: number,
): Promise<RowCount | undefined> {
  if (rowCount < (request.limit ?? 0) || rowCount === limit) return { rows: rowCount, hasMore: false };
  const max = Math.min(limit || maxCounted + 1, maxCounted + 1);
  const fields = columns.slice(0, 1).map(({ name }) => name);
  const counted = await askRows(asking, { ...request, fields, limit: max }).catch(() => undefined);
  if (!counted) return undefined;
  const rows = Math.min(counted.rowCount, maxCounted);
  return { rows, hasMore: counted.rowCount > maxCounted };
}
