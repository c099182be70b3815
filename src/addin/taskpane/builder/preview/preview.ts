/**
 * The first rows of the query being built.
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

/** Number of rows. */
export interface RowCount {
  readonly rows: number;
  /** Whether there are more. */
  readonly hasMore: boolean;
}

export interface Preview {
  answer: QueryAnswer | undefined;
  /** Undefined until known. */
  count: RowCount | undefined;
  problem: KalError | undefined;
  isLoading: boolean;
  /** Loads the rows for the current draft after a pause in typing. */
  readonly update: () => Promise<void>;
  readonly stop: () => void;
}

/** Number of rows shown. */
const previewRows = 10;

/** Rows are counted up to this number. */
const maxCounted = 5000;

/** The request of the preview; undefined if Excel must calculate an argument or nothing is chosen yet. */
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
      // Rows of another collection must not be shown.
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
  const counted = await askRows(asking, { ...request, fields, limit: max }).catch(() => undefined);
  if (!counted) return undefined;
  const rows = Math.min(counted.rowCount, maxCounted);
  return { rows, hasMore: counted.rowCount > maxCounted };
}
