/**
 * Template of a formula, used everywhere in the pane.
 * @module
 */
import { html, repeat } from "@microsoft/fast-element";
import "../styles/formula.css";

/** A comma outside texts: an even number of quotes follows it. */
const betweenArguments = /(?<=,)(?=(?:[^"]*"[^"]*")*[^"]*$)/;

const argumentTemplate = html<string>`<span>${(argument) => argument}</span>`;

/** Line breaks are possible between arguments first. */
export const formulaTemplate = html<string>`<code class="formula"
  >${repeat((formula: string) => formula.split(betweenArguments), argumentTemplate)}</code
>`;
