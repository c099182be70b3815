/**
 * Template for an argument that Excel calculates: shown as in the formula, read-only.
 * @module
 */
import { html } from "@microsoft/fast-element";
import { texts } from "../texts/builder.ts";
import type { Builder } from "./builder.ts";
import { replaceExpression } from "./slice-choices.ts";
import type { ParameterName } from "./formula/functions.ts";

export function expressionTemplate(name: ParameterName) {
  return html<Builder>`
    <div class="note">
      <p>${texts.expression.keeps}</p>
      <code>${({ draft }) => draft.expressions[name]}</code>
      <p class="hint">${texts.expression.stays}</p>
      <fluent-button size="small" @click="${(builder) => replaceExpression(builder, name)}">
        ${texts.expression.replace}
      </fluent-button>
    </div>
  `;
}
