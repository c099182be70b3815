/**
 * Template of where values come from: cells of the workbook, or values chosen here.
 * @module
 */
import { html, when } from "@microsoft/fast-element";
import { texts } from "../../texts/beside.ts";
import { texts as builderTexts } from "../../texts/builder.ts";
import type { Builder } from "../builder.ts";
import { pickerTemplate } from "../query/picker-template.ts";
import { cellsId, chooseHere, useSelected } from "./choices.ts";
import { fullAddressOf } from "./place.ts";
import type { Source } from "./source.ts";

const words = texts.source;

export type Of = { readonly parent: Builder };

const hasCells = ({ cells, expression }: Source) => cells !== undefined || expression !== undefined;

const textOf = ({ cells, expression = "" }: Source) =>
  cells ? words.taken(fullAddressOf(cells), cells.rows * cells.columns) : expression;

const useTemplate = html<Source, Builder>`
  <button
    type="button"
    class="inline-action"
    id="${cellsId}"
    @click="${(source, { parent }) => void useSelected(parent, source)}"
  >
    ${(source) => (hasCells(source) ? words.again : words.use)}
  </button>
`;

const takenTemplate = html<Source, Builder>`
  <p><code>${textOf}</code></p>
  ${when(({ cells }: Source) => !cells, html`<p class="hint">${builderTexts.expression.stays}</p>`)}
`;

const chooseTemplate = html<Source, Builder>`
  <button type="button" class="inline-action" @click="${(source, { parent }) => chooseHere(parent, source)}">
    ${words.choose}
  </button>
`;

/** Without a list of its own: a moment is chosen elsewhere. */
export const cellsTemplate = html<Source, Builder>`
  <div class="source">
    ${when(hasCells, takenTemplate)}
    <div class="bar">${useTemplate}</div>
  </div>
`;

export const sourceTemplate = html<Source, Builder>`
  <div class="source">
    ${when(hasCells, takenTemplate, html<Source, Builder>`${() => pickerTemplate}`)}
    <div class="bar">
      ${when((_, { parent }: Of) => parent.isExcel, useTemplate)} ${when(hasCells, chooseTemplate)}
    </div>
  </div>
`;
