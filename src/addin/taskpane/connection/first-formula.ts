/**
 * The first formula: seen, copied, or put into the selected cell.
 * @module
 */
import { reactive } from "@microsoft/fast-element/state.js";
import { copyText } from "../copy-text.ts";
import { texts } from "../texts/connection.ts";
import { texts as paneTexts } from "../texts/pane.ts";
import { insertFormula } from "./insert-formula.ts";

export interface FirstFormula {
  readonly formula: string;
  /** Whether there is an Excel to put it into. */
  readonly canInsert: boolean;
  isInserting: boolean;
  /** What came of the last action. */
  outcome: string;
  readonly copy: () => Promise<void>;
  readonly insert: () => Promise<void>;
}

/** Small, and at once what people come for: names instead of ids, prices as they are now, real dates. */
const formula =
  '=KAL.QUERY("product","(entityVariant=Own)","site.name, product.name, currentPrice, currentPriceEffectiveTime",2,10)';

export function createFirstFormula(canInsert: boolean): FirstFormula {
  const view: FirstFormula = reactive<FirstFormula>({
    formula,
    canInsert,
    isInserting: false,
    outcome: "",

    async copy() {
      view.outcome = (await copyText(formula)) ? texts.formula.copied : paneTexts.notCopied;
    },

    async insert() {
      if (view.isInserting) return;
      view.isInserting = true;
      view.outcome = texts.formula.inserting;
      try {
        const { address, result } = await insertFormula(formula);
        view.outcome = texts.formula[result](address);
      } catch (error) {
        view.outcome = texts.formula.refused(error instanceof Error ? error.message : String(error));
      } finally {
        view.isInserting = false;
      }
    },
  });
  return view;
}
