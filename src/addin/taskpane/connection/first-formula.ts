/**
 * The first formula: shown, copied, or inserted into the selected cell.
 * @module
 */
import { reactive } from "@microsoft/fast-element/state.js";
import { copyText } from "../common/copy-text.ts";
import { reasonOf } from "../common/reason-of.ts";
import { texts } from "../texts/connection.ts";
import { texts as paneTexts } from "../texts/pane.ts";
import { answerOf, sizeOf } from "../cells/answer.ts";
import type { Selection } from "../cells/selection.ts";
import type { Written } from "../cells/write-formula.ts";
import { namespace } from "../../runtime/formulas/namespace.ts";
import { loadCode } from "../../runtime/load-code.ts";
import { writingTexts as words } from "../texts/writing.ts";
import { type Insertion, insertOnce } from "./insertion.ts";

export interface FirstFormula extends Insertion {
  readonly formula: string;
  /** Whether the pane runs in Excel. */
  readonly canInsert: boolean;
  /** The selected cell; undefined until Excel has reported it. */
  selection: Selection | undefined;
  /** Reads the selection again: Excel raises no event for the pane's own changes. */
  lookAtSelection: () => void;
  /** The inserted formula, which can be undone. */
  written: Written | undefined;
  readonly takeBack: () => Promise<void>;
  readonly copy: () => Promise<void>;
}

/** Small but typical: names instead of ids, current prices, real dates. */
const query = {
  collection: "product",
  query: "(entityVariant=Own)",
  fields: "site.name, product.name, currentPrice, currentPriceEffectiveTime",
  headers: 2,
  limit: 10,
};
const formula = `=${namespace}.QUERY("${query.collection}","${query.query}","${query.fields}",${query.headers},${query.limit})`;

/** Includes the headings. */
export const firstFormulaSize = { rows: query.limit + 1, columns: query.fields.split(",").length };

const loadInsert = () => loadCode(() => import("../cells/insert.ts"));
const loadDressing = () => loadCode(() => import("../cells/dress.ts"));

export function createFirstFormula(canInsert: boolean): FirstFormula {
  const view: FirstFormula = reactive<FirstFormula>({
    formula,
    canInsert,
    isInserting: false,
    selection: undefined,
    lookAtSelection: () => undefined,
    written: undefined,
    outcome: "",

    async copy() {
      view.outcome = (await copyText(formula)) ? texts.formula.copied : paneTexts.notCopied;
    },

    insert: () =>
      insertOnce(view, words, async () => {
        view.written = undefined;
        const [answer, { insertAndTell }] = await Promise.all([answerOf("QUERY", query), loadInsert()]);
        const { text, written, selection } = await insertAndTell(formula, {
          size: firstFormulaSize,
          expected: view.selection,
          sheetName: texts.formula.sheet,
        });
        if (!written) {
          view.selection = selection;
          return text;
        }
        view.written = written;
        view.lookAtSelection();
        if (answer.error) return `${words.failed(text)} ${answer.error.message} ${answer.error.hint}`;
        void loadDressing()
          .then(({ dressWritten }) => dressWritten(written, answer, 1))
          .catch(() => undefined);
        return `${text} ${words.rows(sizeOf(answer).rows - 1)}`;
      }),

    async takeBack() {
      const { written } = view;
      if (!written) return;
      view.written = undefined;
      try {
        view.outcome = (await (await loadInsert()).takeBackAndTell(written)).text;
        view.lookAtSelection();
      } catch (error) {
        view.outcome = words.refused(reasonOf(error));
      }
    },
  });
  return view;
}
