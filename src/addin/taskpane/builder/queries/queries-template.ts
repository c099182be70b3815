/**
 * Template of the queries to begin with: favourites, recent ones, those of this workbook.
 * @module
 */
import { html, repeat, type ViewTemplate, when } from "@microsoft/fast-element";
import { reactive } from "@microsoft/fast-element/state.js";
import { asKalError } from "../../../runtime/as-kal-error.ts";
import type { KeptTable } from "../../../runtime/tables/kept-tables.ts";
import { selectCells } from "../../../runtime/workbook/select-cells.ts";
import { announce } from "../../common/announce.ts";
import { focusSoon } from "../../common/focus.ts";
import { present } from "../../common/present.ts";
import { texts as slice } from "../../texts/builder.ts";
import { queriesTexts as words } from "../../texts/queries.ts";
import { type Builder, type Edited, headingId } from "../builder.ts";
import { type Arguments, type Call, readCalls } from "../formula/kal-call.ts";
import type { ParameterName } from "../formula/functions.ts";
import { iconButtonTemplate } from "../icon-button-template.ts";
import { tableCall, tableTime } from "../tables.ts";
import { removeFavourite, storedQueries } from "./stored-queries.ts";
import { readWorkbookQueries, selectTable } from "./workbook-queries.ts";
import "./queries.css";

/** A query that can be opened. */
interface Entry {
  readonly title: string;
  readonly detail: string;
  readonly call: Call;
  readonly edited?: Edited;
  /** Time of the data of a table. */
  readonly time?: string;
  /** Selects the query's place in the workbook. */
  readonly select?: () => Promise<unknown>;
  /** The name under which it can be removed. */
  readonly favourite?: string;
}

interface Lists {
  /** Undefined until the list was opened and read. */
  workbook: readonly Entry[] | undefined;
  /** Why the workbook could not be read. */
  problem: string;
}

const textOf = (argument: Arguments[ParameterName]): string => {
  if (!argument) return "";
  if ("expression" in argument) return argument.expression;
  return Array.isArray(argument.value) ? argument.value.join(", ") : String(argument.value);
};

/** Arguments that need no description, or have one of their own. */
const described: ReadonlySet<string> = new Set(["collection", "headers", "limit"]);

/** The collection in words, then the query and what is shown. */
function describe({ collections = [] }: Builder, call: Call) {
  const path = textOf(call.args.collection);
  const others = Object.entries(call.args).filter(([name]) => !described.has(name));
  const name = path.replace(/^.*:|\/.*$/g, "");
  const label = slice.slice.labels.get(name) ?? collections.find((known) => known.name === name)?.label;
  return {
    collection: label === undefined ? path : path.replace(name, label),
    rest: others
      .map(([, argument]) => textOf(argument))
      .filter(Boolean)
      .join(" · "),
  };
}

function entriesOf(builder: Builder, formula: string, favourite?: string): Entry[] {
  const [placed] = readCalls(formula);
  if (!placed) return [];
  const { call } = placed;
  const { collection, rest } = describe(builder, call);
  return favourite === undefined
    ? [{ title: collection, detail: rest, call }]
    : [{ title: favourite, detail: [collection, rest].filter(Boolean).join(" · "), call, favourite }];
}

function tableEntry(builder: Builder, table: KeptTable): Entry {
  const call = tableCall(table);
  const { rest } = describe(builder, call);
  return {
    title: table.name,
    detail: rest,
    time: tableTime(table),
    call,
    edited: { editedTable: table },
    select: () => selectTable(table),
  };
}

/** Opens an entry; the pressed button has disappeared then. */
function open(builder: Builder, { call, edited, select }: Entry): void {
  const editing = edited?.editing;
  if (editing) void builder.open(editing.cell, editing.original);
  else builder.replace(call, edited);
  // If the cell cannot be selected, the pane still edits the query that it names.
  void select?.().catch(() => undefined);
}

const entryTemplate = (builder: Builder) => {
  const removeButton = iconButtonTemplate<Entry, unknown>({
    sign: "✕",
    label: ({ title }) => words.remove(title),
    press({ favourite = "" }) {
      removeFavourite(favourite);
      announce(words.removed(favourite));
      focusSoon(headingId);
    },
  });
  return html<Entry>`
    <li class="query-entry">
      <button type="button" class="collection" @click="${(entry) => open(builder, entry)}">
        ${({ title }) => title}
        <span class="detail one-line">${({ detail }) => detail}</span>
        ${when(({ time }: Entry) => time, html<Entry>`<span class="detail">${({ time }) => time}</span>`)}
      </button>
      ${when(({ favourite }: Entry) => favourite !== undefined, removeButton)}
    </li>
  `;
};

/** The lists below the collections, for as long as the builder is shown. */
export function createQueries(builder: Builder): ViewTemplate<Builder> {
  const lists: Lists = reactive<Lists>({ workbook: undefined, problem: "" });
  const entry = entryTemplate(builder);
  const favouriteEntries = () =>
    storedQueries.favourites.flatMap(({ name, formula }) => entriesOf(builder, formula, name));
  const recentEntries = () => storedQueries.recent.flatMap((formula) => entriesOf(builder, formula));

  async function readWorkbook(isOpen: boolean): Promise<void> {
    if (!isOpen) return;
    lists.problem = "";
    try {
      const { formulas, tables } = await readWorkbookQueries();
      const cells = formulas.map(({ cell, original }): Entry => {
        const { collection, rest } = describe(builder, original.call);
        return {
          title: cell.address,
          detail: [collection, rest].filter(Boolean).join(" · "),
          call: original.call,
          edited: { editing: { cell, original } },
          select: () => selectCells([cell.address]),
        };
      });
      lists.workbook = [...tables.map((table) => tableEntry(builder, table)), ...cells];
    } catch (error) {
      lists.problem = asKalError(error).message;
    }
  }

  const list = (heading: string, entries: () => readonly Entry[]) =>
    when(
      () => entries().length > 0,
      html<Lists>`
        <section class="queries" aria-label="${heading}">
          <h3>${heading}</h3>
          <ul class="collections">
            ${repeat(entries, entry)}
          </ul>
        </section>
      `,
    );

  const workbookTemplate = html<Lists>`
    <details
      id="workbook-queries"
      @toggle="${(_, { event }) => void readWorkbook((event.target as HTMLDetailsElement).open)}"
    >
      <summary><h3>${words.workbook}</h3></summary>
      <div>
        <p class="hint" role="status">
          ${({ workbook, problem }) => problem || (workbook ? words.count(workbook.length) : words.reading)}
        </p>
        <ul class="collections">
          ${repeat(({ workbook = [] }: Lists) => workbook, entry)}
        </ul>
      </div>
    </details>
  `;

  const template = html<Lists>`
    ${list(words.favourites, favouriteEntries)} ${list(words.recent, recentEntries)}
    ${when(() => builder.isExcel, workbookTemplate)}
  `;
  return html<Builder>`${present(() => lists, template)}`;
}
