/**
 * Actions on the choice of data: connection, collection and variant.
 * @module
 */
import { findCollection } from "../../../kalibrate/catalogue/collections.ts";
import { isControl } from "../../../kalibrate/query/clauses.ts";
import { type Builder, replacedBy } from "./builder.ts";
import { type Draft, type Goal, marketSlice, writeQuery } from "./draft.ts";
import { beginningOf } from "./beside/defaults.ts";
import { createSource } from "./beside/source.ts";
import { createTerm, defaultMeasure } from "./summary/terms.ts";
import type { ParameterName } from "./formula/functions.ts";

export function chooseConnection(builder: Builder, connection: string): void {
  builder.draft.connection = connection;
  builder.changed();
}

export function chooseCollection(builder: Builder, collection: string): void {
  const { draft } = builder;
  const kind = findCollection(collection)?.kinds[0] ?? "";
  builder.before = builder.draft.collection === "" ? undefined : replacedBy(builder);
  Object.assign(draft, { collection, kind }, nothing());
  begin(builder);
  builder.isGoalOpen = false;
  builder.search = "";
  builder.changed();
}

export function chooseKind(builder: Builder, kind: string): void {
  builder.draft.kind = kind;
  writeQuery(builder.draft);
  builder.changed();
}

/** What was chosen stays, as far as the other function takes it. */
export function chooseGoal(builder: Builder, goal: Goal): void {
  const { draft } = builder;
  const isMarket = draft.goal === "market" || goal === "market";
  if (isMarket && draft.collection !== "") builder.before = replacedBy(builder);
  if (isMarket)
    Object.assign(draft, goal === "market" ? marketSlice : { collection: "", kind: "" }, nothing());
  draft.goal = goal;
  if (goal !== "rows") builder.editedTable = undefined;
  begin(builder);
  builder.changed();
}

const nothing = () => ({
  filters: [],
  orderBy: "",
  direction: "" as const,
  fields: [],
  by: [],
  measures: [],
  keys: [],
  when: "none" as const,
});

/** Chooses what people most likely want, where nothing is chosen yet. */
function begin(builder: Builder): void {
  const { draft } = builder;
  if (draft.goal !== "rows") dropControls(draft);
  writeQuery(draft);
  if (draft.collection === "") return;
  if (draft.goal === "totals" && draft.measures.length === 0) {
    draft.measures = [createTerm(defaultMeasure(draft.collection))];
  }
  if (draft.goal === "beside" && draft.keys.length === 0) {
    const { keys, value } = beginningOf(draft.collection);
    draft.keys = keys.map((field) => createSource(field));
    draft.fields = [value];
    draft.when = findCollection(draft.collection)?.timeProperty === undefined ? "none" : "now";
    builder.isColumnsOpen = false;
  }
}

/** Order and limit belong to rows. */
function dropControls(draft: Draft): void {
  draft.filters = draft.filters.filter((filter) => !isControl(filter));
  Object.assign(draft, { orderBy: "", direction: "" });
}

/** Replaces an argument that Excel calculates by a value chosen here. */
export function replaceExpression(builder: Builder, name: ParameterName): void {
  const others = Object.entries(builder.draft.expressions).filter(([one]) => one !== name);
  builder.draft.expressions = Object.fromEntries(others);
  builder.changed();
}
