/**
 * The first rows of the query being built.
 * @module
 */
import { reactive } from "@microsoft/fast-element/state.js";
import type { KalError } from "../../../../kalibrate/errors.ts";
import { asKalError } from "../../../runtime/as-kal-error.ts";
import type { HeldConnection } from "../../../runtime/session/connection-store.ts";
import { createLatest, pause, typingPause } from "../latest.ts";
import type { PreviewAnswer, Question, RowCount } from "./question.ts";

export interface Preview {
  answer: PreviewAnswer | undefined;
  /** Undefined until known. */
  count: RowCount | undefined;
  problem: KalError | undefined;
  isLoading: boolean;
  /** Loads the rows for the current draft: of another subject at once, otherwise after a pause in typing. */
  readonly update: () => Promise<void>;
  readonly stop: () => void;
}

/** @param question undefined while there is nothing to ask */
export function createPreview(
  question: () => Question | undefined,
  connection: () => HeldConnection,
): Preview {
  const latest = createLatest();
  let shown = "";

  const preview: Preview = reactive<Preview>({
    answer: undefined,
    count: undefined,
    problem: undefined,
    isLoading: false,

    async update() {
      const signal = latest.begin();
      const asked = question();
      if (!asked) {
        preview.isLoading = false;
        preview.problem = undefined;
        return;
      }
      const { subject } = asked;
      // Chosen from a list; stepping on through the list counts as typing.
      const isChosen = subject !== shown && !preview.isLoading;
      if (subject !== shown) preview.answer = undefined;
      shown = subject;
      preview.count = undefined;
      preview.isLoading = true;
      try {
        if (!isChosen) await pause(typingPause, signal);
        const asking = { connection: connection(), signal };
        preview.answer = await asked.ask(asking);
        preview.problem = undefined;
        preview.isLoading = false;
        preview.count = await asked.count(asking, preview.answer);
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
