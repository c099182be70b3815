/**
 * How the first formula is shown.
 * @module
 */
import { html, repeat, when } from "@microsoft/fast-element";
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

/** Behind a comma with an even number of quotes after it: one that stands in no text. */
const betweenArguments = /(?<=,)(?=(?:[^"]*"[^"]*")*[^"]*$)/;

const argumentTemplate = html<string>`<span>${(argument) => argument}</span>`;

export const firstFormulaTemplate = html<FirstFormula>`
  <section class="card" aria-labelledby="formula-heading">
    <h2 id="formula-heading">${words.heading}</h2>
    <p class="hint">${words.explained}</p>
    <code class="formula"
      >${repeat(({ formula }: FirstFormula) => formula.split(betweenArguments), argumentTemplate)}</code
    >
    <div class="actions">
      ${when(({ canInsert }) => canInsert, insertButton)}
      <fluent-button @click="${(view) => void view.copy()}">${words.copy}</fluent-button>
    </div>
    <p class="outcome" role="status">${({ outcome }) => outcome}</p>
  </section>
`;
