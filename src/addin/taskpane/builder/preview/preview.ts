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
import { askRows } from "../ask.ts";
import { collectionPath, type Draft } from "../draft.ts";
import { createLatest, pause, typingPause } from "../latest.ts";

export interface Preview {
  answer: QueryAnswer | undefined;
  problem: KalError | undefined;
  isLoading: boolean;
  /** Shows what the draft says now, as soon as nobody has typed for a moment. */
  readonly update: () => Promise<void>;
  readonly stop: () => void;
}

/** Rows that are shown. */
const previewRows = 10;

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
      preview.isLoading = true;
      try {
        await pause(typingPause, signal);
        preview.answer = await askRows({ connection: connection(), signal }, request);
        preview.problem = undefined;
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
