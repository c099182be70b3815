/**
 * How the first formula is shown.
 * @module
 */
import { html, when } from "@microsoft/fast-element";
import { formulaTemplate } from "../common/formula-template.ts";
import { present } from "../common/present.ts";
import { texts } from "../texts/connection.ts";
import type { FirstFormula } from "./first-formula.ts";
import { insertButton } from "./insertion.ts";

const words = texts.formula;

export const firstFormulaTemplate = html<FirstFormula>`
  <section class="card" aria-labelledby="formula-heading">
    <h2 id="formula-heading">${words.heading}</h2>
    <p class="hint">${words.explained}</p>
    ${present(({ formula }: FirstFormula) => formula, formulaTemplate)}
    <div class="actions">
      ${when(({ canInsert }) => canInsert, insertButton(words.insert))}
      <fluent-button @click="${(view) => void view.copy()}">${words.copy}</fluent-button>
    </div>
    <p class="outcome" role="status">${({ outcome }) => outcome}</p>
  </section>
`;
