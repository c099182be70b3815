/**
 * How a formula is shown wherever the pane shows one.
 * @module
 */
import { html, repeat } from "@microsoft/fast-element";
import "../styles/formula.css";

/** Behind a comma with an even number of quotes after it: one that stands in no text. */
const betweenArguments = /(?<=,)(?=(?:[^"]*"[^"]*")*[^"]*$)/;

const argumentTemplate = html<string>`<span>${(argument) => argument}</span>`;

/** It breaks between arguments first. */
export const formulaTemplate = html<string>`<code class="formula"
  >${repeat((formula: string) => formula.split(betweenArguments), argumentTemplate)}</code
>`;
