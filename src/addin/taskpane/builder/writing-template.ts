/**
 * Template of the resulting formula and the buttons that insert it.
 * @module
 */
import { html, when } from "@microsoft/fast-element";
import type { KalError } from "../../../kalibrate/errors.ts";
import { formulaTemplate } from "../common/formula-template.ts";
import { present } from "../common/present.ts";
import { errorDetails } from "../problem/problem.ts";
import { texts } from "../texts/builder-parts.ts";
import { queriesTexts } from "../texts/queries.ts";
import { writingTexts as words } from "../texts/writing.ts";
import { texts as besideTexts } from "../texts/beside.ts";
import { filledBy } from "./beside/fill.ts";
import { fullAddressOf, isPlace } from "./beside/place.ts";
import type { Builder } from "./builder.ts";
import { callOf } from "./draft.ts";
import { writeFormula } from "./formula/kal-call.ts";
import { keepFavourite } from "./queries/stored-queries.ts";
import { needsTable, rowsComing } from "./rows-coming.ts";
import { isEditedSelected } from "./selected-target.ts";
import { cancelTableId, insertAsTable, insertTableId, updateTable } from "./writing-table.ts";
import { copyFormula, formulaOf, insert, readsCells, update } from "./writing.ts";

const { formula: heading, copy } = texts.write;

/** A table holds the rows of a query. */
const holdsRows = ({ draft }: Builder) => draft.goal === "rows";

const isWriting = (builder: Builder) => builder.isWriting;

const isEditedTable = (builder: Builder) => builder.editedTable !== undefined && isEditedSelected(builder);

const primaryIf = (isPrimary: boolean) => (isPrimary ? "primary" : "outline");

const updateLabel = ({ editing }: Builder) =>
  editing?.block
    ? besideTexts.updateAll(fullAddressOf(editing.block))
    : words.update(editing?.cell.address ?? "");

const updateButton = html<Builder>`
  <fluent-button
    id="update-formula"
    appearance="${(builder) => primaryIf(isEditedSelected(builder) && !needsTable(builder))}"
    ?disabled-focusable="${isWriting}"
    @click="${(builder) => void update(builder)}"
  >
    ${updateLabel}
  </fluent-button>
`;

const updateTableButton = html<Builder>`
  <fluent-button
    id="update-table"
    appearance="${(builder) => primaryIf(isEditedSelected(builder))}"
    ?disabled-focusable="${isWriting}"
    @click="${(builder) => void updateTable(builder)}"
  >
    ${({ editedTable }) => words.updateTable(editedTable?.name ?? "")}
  </fluent-button>
`;

/** Comes first where it is the primary button, else last. */
const changeButton = html<Builder>`
  ${when(({ editing }: Builder) => editing, updateButton)}
  ${when(({ editedTable }: Builder) => editedTable, updateTableButton)}
`;

function insertLabel({ selection, place }: Builder): string {
  if (isPlace(place)) return besideTexts.fill(fullAddressOf(filledBy(place)));
  if (!selection) return words.insert;
  return selection.blocked === undefined ? words.insertAt(selection.address) : words.insertOnSheet;
}

const insertButton = html<Builder>`
  <fluent-button
    id="insert-formula"
    appearance="${(builder) => primaryIf(!needsTable(builder))}"
    aria-describedby="insert-meaning"
    ?disabled-focusable="${isWriting}"
    @click="${(builder) => void insert(builder)}"
  >
    ${insertLabel}
  </fluent-button>
`;

const insertMeaning = html<Builder>`
  <p class="hint" id="insert-meaning">${({ selection }) => words.goesOnSheet(selection?.blocked ?? "")}</p>
`;

const tableButton = html<Builder>`
  <fluent-button
    id="${insertTableId}"
    appearance="${(builder) => primaryIf(needsTable(builder) && !isEditedTable(builder))}"
    ?disabled-focusable="${isWriting}"
    aria-describedby="table-meaning"
    @click="${(builder) => void insertAsTable(builder)}"
  >
    ${texts.table.insert}
  </fluent-button>
`;

const tableTemplate = html<NonNullable<Builder["table"]>>`
  <div class="bar">
    <p role="status">${({ text }) => text}</p>
    <fluent-button id="${cancelTableId}" size="small" @click="${({ cancel }) => cancel()}">
      ${texts.table.cancel}
    </fluent-button>
  </div>
`;

const intoWorkbook = html<Builder>`
  ${present(({ table }: Builder) => table, tableTemplate)}
  <p id="rows-coming" role="status">${(builder) => rowsComing(builder) ?? ""}</p>
  ${when(
    (builder: Builder) => !isEditedSelected(builder) && !builder.place && builder.selection?.blocked,
    insertMeaning,
  )}
  <div class="actions">
    ${when((builder: Builder) => !isEditedSelected(builder), insertButton)}
    ${when(isEditedSelected, changeButton)} ${when(holdsRows, tableButton)}
    ${when((builder: Builder) => !isEditedSelected(builder), changeButton)}
  </div>
`;

const failureTemplate = html<KalError>`
  <p class="error">${({ message, hint }) => `${message} ${hint}`}</p>
  ${when(({ code }: KalError) => code === "KAL_TOO_LARGE", html`<p>${texts.table.instead}</p>`)}
  ${errorDetails}
`;

const undoButton = html<Builder>`
  <fluent-button id="undo-write" size="small" @click="${({ outcome }) => void outcome?.undo?.()}">
    ${words.undo}
  </fluent-button>
`;

const favouriteTemplate = html<Builder>`
  <details class="favourite">
    <summary>${queriesTexts.keep}</summary>
    <form class="favourite-name" @submit="${(builder, { event }) => keep(builder, event)}">
      <input
        name="favourite"
        type="text"
        maxlength="60"
        autocomplete="off"
        aria-label="${queriesTexts.name}"
      />
      <button type="submit" class="inline-action">${queriesTexts.save}</button>
    </form>
  </details>
`;

/** Keeps the query under the entered name, and closes the form. */
function keep(builder: Builder, event: Event): boolean {
  const form = event.target as HTMLFormElement;
  const input = form.elements.namedItem("favourite") as HTMLInputElement;
  const name = input.value.trim();
  if (readsCells(builder.draft)) builder.outcome = { text: queriesTexts.fromCells };
  else if (name === "") {
    builder.outcome = { text: queriesTexts.nameMissing };
    input.focus();
  } else {
    keepFavourite({ name, formula: writeFormula(callOf(builder.draft)) });
    builder.outcome = { text: queriesTexts.kept(name) };
    input.value = "";
    form.closest("details")?.removeAttribute("open");
  }
  return false;
}

/**
 * Stays in view below whatever is being chosen, with the outcome of its buttons. What comes and goes is above the
 * buttons, so that they stay where they are.
 */
const barTemplate = html<Builder>`
  <div class="insert-bar" role="group" aria-label="${texts.write.bar}">
    <div class="outcome-bar">
      <div class="messages outcome" role="status">
        ${when(({ outcome }: Builder) => outcome, html<Builder>`<p>${({ outcome }) => outcome?.text}</p>`)}
        ${present(({ outcome }: Builder) => outcome?.error, failureTemplate)}
      </div>
      ${when(({ outcome }: Builder) => outcome?.undo, undoButton)}
    </div>
    ${when(({ isExcel }: Builder) => isExcel, intoWorkbook)}
  </div>
`;

export const writingTemplate = html<Builder>`
  <section class="part" aria-labelledby="formula-heading">
    <div class="bar">
      <h3 id="formula-heading">${heading}</h3>
      <button type="button" class="inline-action" @click="${(builder) => void copyFormula(builder)}">
        ${copy}
      </button>
    </div>
    ${present(formulaOf, formulaTemplate)}
    ${when(
      (builder: Builder) => builder.isExcel && holdsRows(builder),
      html`<p class="hint" id="table-meaning">${texts.table.meaning}</p>`,
    )}
    ${favouriteTemplate}
  </section>
  ${barTemplate}
`;
