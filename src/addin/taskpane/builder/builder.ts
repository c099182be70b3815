/**
 * State of the query builder: the draft, the available data, and the cell that the draft belongs to.
 * @module
 */
import { runtime } from "../../addin.ts";
import type { ViewTemplate } from "@microsoft/fast-element";
import { reactive } from "@microsoft/fast-element/state.js";
import type { KalError } from "../../../kalibrate/errors.ts";
import { asKalError } from "../../runtime/as-kal-error.ts";
import type { CatalogueAnswer } from "../../../kalibrate/gateway-api.ts";
import { announce } from "../common/announce.ts";
import { type Chunk, createChunk } from "../chunk/chunk.ts";
import { focusSoon } from "../common/focus.ts";
import { texts } from "../texts/builder.ts";
import { askCatalogue } from "./ask.ts";
import type { HeldConnection } from "../../runtime/session/connection-store.ts";
import type { KeptTable } from "../../runtime/tables/kept-tables.ts";
import type { CellFormula, Selection, Size } from "../cells/selection.ts";
import {
  callOf,
  collectionPath,
  createDraft,
  type Draft,
  emptyCall,
  loadCall,
  variantQuery,
} from "./draft.ts";
import { createFieldStore, type FieldStore } from "./fields/field-store.ts";
import type { Call, PlacedCall } from "./formula/kal-call.ts";
import { createLatest } from "./latest.ts";
import { createPreview, type Preview } from "./preview/preview.ts";
import {
  fullAddressOf as fullAddress,
  type Place,
  type PlaceProblem,
  type SheetCells,
} from "./beside/place.ts";
import type { Question } from "./preview/question.ts";
import type { KnownValues } from "./query/known-values.ts";

/** A formula read from a cell, to be written back to it. */
export interface Editing {
  readonly cell: CellFormula;
  readonly original: PlacedCall;
  /** The cells that were filled with it, of which the cell is the first. */
  readonly block?: SheetCells;
}

/** Result of the last action. */
export interface Outcome {
  readonly text: string;
  /** The error of the new formula's cell. */
  readonly error?: KalError;
  /** Undoes the writing, if nobody has changed the cell since. */
  readonly undo?: () => Promise<void>;
}

/** What the query is written back to: a formula, a table, or nothing yet. */
export interface Edited {
  readonly editing?: Editing | undefined;
  readonly editedTable?: KeptTable | undefined;
}

/** Templates of the parts of a query. */
export interface Parts {
  readonly filters: ViewTemplate<Builder>;
  readonly others: ViewTemplate<Builder>;
  readonly questionOf: (draft: Draft) => Question | undefined;
  readonly findPlace: (
    draft: Draft,
    selection: Selection | undefined,
  ) => Promise<Place | PlaceProblem | undefined>;
  readonly openLookup: (builder: Builder, cell: CellFormula, original: PlacedCall) => Promise<void>;
  readonly createKnownValues: (draft: Draft, connection: () => HeldConnection) => KnownValues;
}

interface Replaced extends Edited {
  readonly call: Call;
}

export type Collections = CatalogueAnswer["collections"];

export interface Builder {
  readonly isExcel: boolean;
  readonly draft: Draft;
  readonly fields: FieldStore;
  readonly preview: Preview;
  /** Undefined until the parts are loaded. */
  known: KnownValues | undefined;
  /** Undefined until the gateway has answered. */
  collections: Collections | undefined;
  /** Why the collections could not be loaded. */
  problem: KalError | undefined;
  /** Search text for the list of fields. */
  search: string;
  /** References whose own fields are listed. */
  expanded: ReadonlySet<string>;
  /** The selected cell, as Excel last reported it. */
  selection: Selection | undefined;
  /** The formula of the selected cell. */
  selected: CellFormula | undefined;
  /** Number of cells that the result needs, if known. */
  size: Size;
  /** Where the formulas of a lookup go, or why they cannot go anywhere; undefined where it is one formula. */
  place: Place | PlaceProblem | undefined;
  /** Finds the place again: the selection or the keys have changed. */
  readonly findPlace: () => Promise<void>;
  /** Reads the selection again, because the result may now have another size. */
  lookAtSelection: () => void;
  /** Whether a person asked to edit the selected formula but there is none. */
  isNothingToEdit: boolean;
  /** Whether a formula was found to be too small for the result. */
  isTooLarge: boolean;
  editing: Editing | undefined;
  /** The table of the workbook that is being edited, in place of a formula. */
  editedTable: KeptTable | undefined;
  outcome: Outcome | undefined;
  isWriting: boolean;
  /** A table that is being inserted, with its progress. */
  table: { readonly text: string; readonly cancel: () => void } | undefined;
  /** The previous draft, before another one replaced it completely. */
  before: Replaced | undefined;
  /** Whether the text of the query is shown. */
  isTextOpen: boolean;
  /** Whether the pane is so narrow that it folds what is chosen, and the columns, to one line each. */
  readonly isNarrow: boolean;
  /** Whether the list of what a person may want is shown. */
  isGoalOpen: boolean;
  isDataOpen: boolean;
  isColumnsOpen: boolean;
  /** Whether the entered number of rows is invalid. */
  limitProblem: boolean;
  /** The chunk with the parts of a query. */
  readonly partsChunk: Chunk;
  parts: Parts | undefined;
  /** Template for the selected cell; undefined until it has been loaded. */
  cell: ViewTemplate<Builder> | undefined;
  /** Template of the saved queries; undefined until its code is loaded. */
  queries: ViewTemplate<Builder> | undefined;
  readonly load: () => Promise<void>;
  /** Repeats failed requests at once, ignoring the failure cache. */
  readonly retry: () => void;
  /** Call this after a change of the draft. */
  readonly changed: () => void;
  readonly replace: (call: Call, edited?: Edited) => void;
  /** Opens a formula of a cell. */
  readonly open: (cell: CellFormula, original: PlacedCall) => Promise<void>;
  readonly stop: () => void;
}

/** Ids on the page. */
export const headingId = "builder-heading";
export const collectionId = "builder-collection";
export const dataLineId = "builder-data";
export const problemId = "builder-problem";

/** @param loadParts loads the chunk with the parts of a query */
export function createBuilder(isExcel: boolean, loadParts: () => Promise<Parts>): Builder {
  const isNarrow = innerWidth < 345;
  const draft = createDraft();
  const connection = () =>
    runtime.session.connectionFor(draft.connection === "" ? undefined : draft.connection);
  const latest = createLatest();
  const latestPlace = createLatest();
  let sliceBefore = "";

  const builder: Builder = reactive<Builder>({
    isExcel,
    draft,
    fields: createFieldStore(connection),
    preview: createPreview(() => builder.parts?.questionOf(draft), connection),
    known: undefined,
    collections: undefined,
    problem: undefined,
    search: "",
    expanded: new Set<string>(),
    selection: undefined,
    selected: undefined,
    size: { rows: 1, columns: 1 },
    place: undefined,
    async findPlace() {
      const signal = latestPlace.begin();
      const find = draft.goal === "beside" && isExcel ? builder.parts?.findPlace : undefined;
      // A sheet may be gone or protected; the formula then goes into one cell.
      const found = await find?.(draft, builder.selection).catch(() => undefined);
      if (!signal.aborted) builder.place = found;
    },
    lookAtSelection: () => undefined,
    isNothingToEdit: false,
    isTooLarge: false,
    editing: undefined,
    editedTable: undefined,
    outcome: undefined,
    isWriting: false,
    table: undefined,
    before: undefined,
    isTextOpen: false,
    isNarrow,
    isGoalOpen: true,
    isDataOpen: false,
    isColumnsOpen: !isNarrow,
    limitProblem: false,
    parts: undefined,
    cell: undefined,
    queries: undefined,
    partsChunk: createChunk({
      name: texts.heading,
      problemId: "parts-problem",
      placeId: headingId,
      load: loadParts,
      onLoaded(parts) {
        builder.known = parts.createKnownValues(draft, connection);
        builder.parts = parts;
        builder.changed();
      },
    }),

    async load() {
      const signal = latest.begin();
      builder.problem = undefined;
      try {
        builder.collections = (await askCatalogue({ connection: connection(), signal })).collections;
      } catch (error) {
        if (!signal.aborted) builder.problem = asKalError(error);
      }
    },

    retry() {
      runtime.engine.forgetFailures();
      if (!builder.collections) void builder.load();
      builder.changed();
    },

    changed() {
      builder.outcome = undefined;
      builder.isNothingToEdit = false;
      builder.isTooLarge = false;
      const slice = JSON.stringify([collectionPath(draft), variantQuery(draft), draft.connection]);
      if (slice !== sliceBefore) {
        sliceBefore = slice;
        builder.expanded = new Set();
        builder.known?.forget();
      }
      if (hasSlice(builder)) void builder.partsChunk.load();
      loadFields();
      // A record is shown by its name.
      for (const filter of draft.filters) void builder.known?.loadNames(filter);
      void builder.preview.update().then(() => {
        builder.size = sizeOfResult(builder);
        builder.lookAtSelection();
      });
      void builder.findPlace();
    },

    replace(call, { editing, editedTable } = {}) {
      builder.before = hasSlice(builder) ? replacedBy(builder) : undefined;
      loadCall(draft, call);
      builder.editing = editing;
      builder.editedTable = editedTable;
      builder.search = "";
      builder.limitProblem = false;
      builder.isGoalOpen = !hasSlice(builder);
      // Show a text that cannot be read, so that the person can correct it.
      if (draft.queryProblem) builder.isTextOpen = true;
      builder.changed();
      announce(editedText(builder) ?? texts.cell.newQuery);
      focusSoon(headingId);
    },

    async open(cell, original) {
      if (original.call.values) await builder.partsChunk.load();
      const { openLookup } = builder.parts ?? {};
      if (original.call.values && openLookup) await openLookup(builder, cell, original);
      else builder.replace(original.call, { editing: { cell, original } });
    },

    stop() {
      builder.table?.cancel();
      latest.stop();
      builder.fields.stop();
      builder.known?.forget();
      builder.preview.stop();
    },
  });
  loadCall(draft, emptyCall);
  return builder;

  function loadFields(): void {
    if (draft.collection === "" || draft.expressions.collection !== undefined) return;
    const query = variantQuery(draft);
    void builder.fields.load({
      collection: collectionPath(draft),
      ...(query !== undefined && { query }),
    });
  }
}

/** From the preview. */
function sizeOfResult({ draft, preview: { answer, count } }: Builder): Size {
  if (!answer || draft.goal === "beside") return { rows: 1, columns: 1 };
  const headings = draft.headers === 0 ? 0 : 1;
  return { rows: Math.max(1, (count?.rows ?? answer.rowCount) + headings), columns: answer.columns.length };
}

/** Whether a collection is chosen. */
export function hasSlice({ draft }: Builder): boolean {
  return draft.collection !== "" || draft.expressions.collection !== undefined;
}

/** Whether what is chosen folds to one line. */
export function isFolding({ isNarrow, draft }: Builder): boolean {
  return isNarrow && draft.collection !== "" && draft.expressions.collection === undefined;
}

/** The present query, to go back to. */
export function replacedBy({ draft, editing, editedTable }: Builder): Replaced {
  return { call: callOf(draft), editing, editedTable };
}

/** What is being edited, in words; undefined for a new query. */
export function editedText({ editing, editedTable }: Builder): string | undefined {
  if (editedTable) return texts.cell.editingTable(editedTable.name);
  if (editing?.block) return texts.cell.editingAll(fullAddress(editing.block));
  return editing && texts.cell.editing(editing.cell.address);
}
