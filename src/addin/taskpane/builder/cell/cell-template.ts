/**
 * Template for the selected cell's formula and the formula being edited.
 * @module
 */
import { html, repeat, when } from "@microsoft/fast-element";
import { formulaTemplate } from "../../common/formula-template.ts";
import { present } from "../../common/present.ts";
import { texts } from "../../texts/builder.ts";
import { cellTexts } from "../../texts/cell.ts";
import type { KeptTable } from "../../../runtime/tables/kept-tables.ts";
import { type Builder, editedText, hasSlice } from "../builder.ts";
import { emptyCall } from "../draft.ts";
import { type PlacedCall, readCalls } from "../formula/kal-call.ts";
import { isEdited } from "../selected-target.ts";
import { tableCall, tableTime } from "../tables.ts";
import type { CellFormula } from "../../cells/selection.ts";

const words = cellTexts;

/** A formula that can be opened: the selected cell's, unless it is already open. */
function offered(builder: Builder): CellFormula | undefined {
  const { selected } = builder;
  return selected && isEdited(builder, selected) ? undefined : selected;
}

interface Offer {
  readonly builder: Builder;
  readonly cell: CellFormula;
  readonly original: PlacedCall;
  readonly label: string;
}

function offersOf(cell: CellFormula, { parent: builder }: { readonly parent: Builder }): Offer[] {
  const calls = readCalls(cell.formula);
  return calls.map((original, at) => ({
    builder,
    cell,
    original,
    label: calls.length === 1 ? words.edit(cell.address) : words.editOne(at + 1, calls.length),
  }));
}

const offerTemplate = html<Offer>`
  <fluent-button size="small" @click="${({ builder, cell, original }) => void builder.open(cell, original)}">
    ${({ label }) => label}
  </fluent-button>
`;

const selectedTemplate = html<CellFormula, Builder>`
  <div class="note" role="group" aria-label="${({ address }) => words.holds(address)}">
    <p>${({ address }) => words.holds(address)}</p>
    <div class="actions">${repeat(offersOf, offerTemplate)}</div>
    ${when(
      ({ formula }: CellFormula) => readCalls(formula).length === 0,
      html<CellFormula>`
        ${present(({ formula }: CellFormula) => formula, formulaTemplate)}
        <p class="hint">${words.otherFunction}</p>
      `,
    )}
  </div>
`;

/** A table that can be opened: the one that contains the selected cell, unless it is open already. */
function offeredTable({ selection, editedTable }: Builder): KeptTable | undefined {
  const table = selection?.table;
  return table && table.key !== editedTable?.key ? table : undefined;
}

const tableHint = (table: KeptTable, { selection }: Builder) =>
  [words.tableRows(selection?.tableRows), tableTime(table)].filter(Boolean).join(" · ");

const openTable = (table: KeptTable, builder: Builder) =>
  builder.replace(tableCall(table), { editedTable: table });

const tableTemplate = html<KeptTable, Builder>`
  <div class="note" role="group" aria-label="${({ name }) => words.holdsTable(name)}">
    <p>${({ name }) => words.holdsTable(name)}</p>
    ${when(({ query }: KeptTable) => query.query, html<KeptTable>`<code>${({ query }) => query.query}</code>`)}
    <p class="hint">${(table, { parent }) => tableHint(table, parent)}</p>
    <div class="actions">
      <fluent-button size="small" @click="${(table, { parent }) => openTable(table, parent)}">
        ${({ name }) => words.editTable(name)}
      </fluent-button>
    </div>
  </div>
`;

const editingTemplate = html<Builder>`
  <div class="bar">
    <p>${(builder) => editedText(builder) ?? texts.cell.newQuery}</p>
    <button type="button" class="inline-action" @click="${(builder) => builder.replace(emptyCall)}">
      ${texts.skip}
    </button>
  </div>
`;

/** Restores the replaced draft and keeps the current one, so that a person can go back and forth. */
function undo(builder: Builder): void {
  const { before } = builder;
  if (before) builder.replace(before.call, before);
}

const undoTemplate = html<Builder>`
  <div class="bar">
    <p class="hint">${texts.replaced}</p>
    <button type="button" class="inline-action" @click="${undo}">${texts.undo}</button>
  </div>
`;

const nothingTemplate = html` <div class="note"><p>${words.nothing}</p></div> `;

export const cellTemplate = html<Builder>`
  ${when(({ isNothingToEdit }: Builder) => isNothingToEdit, nothingTemplate)}
  <div aria-live="polite">${present(offered, selectedTemplate)} ${present(offeredTable, tableTemplate)}</div>
  ${when((builder: Builder) => hasSlice(builder) || editedText(builder), editingTemplate)}
  ${when(({ before }: Builder) => before, undoTemplate)}
`;
