/**
 * The formula that comes out, and the ways into the workbook.
 * @module
 */
import { html, when } from "@microsoft/fast-element";
import type { KalError } from "../../../kalibrate/errors.ts";
import { formulaTemplate } from "../common/formula-template.ts";
import { present } from "../common/present.ts";
import { errorDetails } from "../problem/problem.ts";
import { texts } from "../texts/builder.ts";
import type { Builder } from "./builder.ts";
import { cancelTableId, insertAsTable, insertTableId } from "./writing-table.ts";
import { copyFormula, formulaOf, insert, update } from "./writing.ts";

const words = texts.write;

const isWriting = (builder: Builder) => builder.isWriting;

const updateButton = html<Builder>`
  <fluent-button
    id="update-formula"
    appearance="primary"
    ?disabled-focusable="${isWriting}"
    @click="${(builder) => void update(builder)}"
  >
    ${words.update}
  </fluent-button>
`;

const insertButton = html<Builder>`
  <fluent-button
    id="insert-formula"
    appearance="${({ editing }) => (editing ? "outline" : "primary")}"
    ?disabled-focusable="${isWriting}"
    @click="${(builder) => void insert(builder)}"
  >
    ${({ editing }) => (editing ? words.insertHere : words.insert)}
  </fluent-button>
`;

const tableButton = html<Builder>`
  <fluent-button
    id="${insertTableId}"
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
  <div class="actions">
    ${when(({ editing }: Builder) => editing, updateButton)} ${insertButton} ${tableButton}
  </div>
  ${present(({ table }: Builder) => table, tableTemplate)}
  <p class="hint" id="table-meaning">${texts.table.meaning}</p>
`;

const failureTemplate = html<KalError>`
  <p class="error">${({ message, hint }) => `${message} ${hint}`}</p>
  ${when(({ code }: KalError) => code === "KAL_TOO_LARGE", html`<p>${texts.table.instead}</p>`)}
  ${errorDetails}
`;

export const writingTemplate = html<Builder>`
  <section class="part" aria-labelledby="formula-heading">
    <div class="bar">
      <h3 id="formula-heading">${words.formula}</h3>
      <button type="button" class="inline-action" @click="${(builder) => void copyFormula(builder)}">
        ${words.copy}
      </button>
    </div>
    ${present(formulaOf, formulaTemplate)} ${when(({ isExcel }: Builder) => isExcel, intoWorkbook)}
    <div class="messages outcome" role="status">
      ${when(({ outcome }: Builder) => outcome, html<Builder>`<p>${({ outcome }) => outcome?.text}</p>`)}
      ${present(({ outcome }: Builder) => outcome?.error, failureTemplate)}
    </div>
  </section>
`;
