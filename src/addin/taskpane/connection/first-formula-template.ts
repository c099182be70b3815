/**
 * Template of the first formula.
 * @module
 */
import { html, when } from "@microsoft/fast-element";
import { formulaTemplate } from "../common/formula-template.ts";
import { present } from "../common/present.ts";
import { texts } from "../texts/connection.ts";
import { writingTexts as writing } from "../texts/writing.ts";
import type { FirstFormula } from "./first-formula.ts";
import { insertButton } from "./insertion.ts";

const words = texts.formula;

function insertLabel({ selection }: FirstFormula): string {
  if (!selection) return words.insert;
  return selection.blocked === undefined ? words.insertAt(selection.address) : words.insertOnSheet;
}

const undoButton = html<FirstFormula>`
  <div class="actions">
    <fluent-button size="small" @click="${(view) => void view.takeBack()}">${writing.undo}</fluent-button>
  </div>
`;

export const firstFormulaTemplate = html<FirstFormula>`
  <section class="card" aria-labelledby="formula-heading">
    <h2 id="formula-heading">${words.heading}</h2>
    <p class="hint">${words.explained}</p>
    ${present(({ formula }: FirstFormula) => formula, formulaTemplate)}
    <div class="actions">
      ${when(({ canInsert }) => canInsert, insertButton(insertLabel))}
      <fluent-button @click="${(view) => void view.copy()}">${words.copy}</fluent-button>
    </div>
    ${when(
      ({ selection, written }: FirstFormula) => selection?.blocked && !written,
      html<FirstFormula>`<p class="hint">
        ${({ selection }) => writing.goesOnSheet(selection?.blocked ?? "")}
      </p>`,
    )}
    <p class="outcome" role="status">${({ outcome }) => outcome}</p>
    ${when(({ written }: FirstFormula) => written, undoButton)}
  </section>
`;
