/**
 * How the first formula is shown.
 * @module
 */
import { html, when } from "@microsoft/fast-element";
import { formulaTemplate } from "../formula-template.ts";
import { present } from "../present.ts";
import { texts } from "../texts/connection.ts";
import type { FirstFormula } from "./first-formula.ts";

const words = texts.formula;

const insertButton = html<FirstFormula>`
  <fluent-button
    appearance="primary"
    ?disabled-focusable="${({ isInserting }) => isInserting}"
    @click="${(view) => void view.insert()}"
  >
    ${words.insert}
  </fluent-button>
`;

export const firstFormulaTemplate = html<FirstFormula>`
  <section class="card" aria-labelledby="formula-heading">
    <h2 id="formula-heading">${words.heading}</h2>
    <p class="hint">${words.explained}</p>
    ${present(({ formula }: FirstFormula) => formula, formulaTemplate)}
    <div class="actions">
      ${when(({ canInsert }) => canInsert, insertButton)}
      <fluent-button @click="${(view) => void view.copy()}">${words.copy}</fluent-button>
    </div>
    <p class="outcome" role="status">${({ outcome }) => outcome}</p>
  </section>
`;
