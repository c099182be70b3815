/**
 * The first formula: seen, copied, or put into the selected cell.
 * @module
 */
import { reactive } from "@microsoft/fast-element/state.js";
import { copyText } from "../common/copy-text.ts";
import { texts } from "../texts/connection.ts";
import { texts as paneTexts } from "../texts/pane.ts";
import { insertFormula } from "./insert-formula.ts";
import { type Insertion, insertOnce } from "./insertion.ts";

export interface FirstFormula extends Insertion {
  readonly formula: string;
  /** Whether there is an Excel to put it into. */
  readonly canInsert: boolean;
  readonly copy: () => Promise<void>;
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

    insert: () =>
      insertOnce(view, texts.formula, async () => {
        const { address, result } = await insertFormula(formula);
        return texts.formula[result](address);
      }),
  });
  return view;
}
