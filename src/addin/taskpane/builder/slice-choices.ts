/**
 * Actions on the choice of data: connection, collection and variant.
 * @module
 */
import { findCollection } from "../../../kalibrate/catalogue/collections.ts";
import { isControl } from "../../../kalibrate/query/clauses.ts";
import { type Builder, replacedBy } from "./builder.ts";
import { type Draft, type Goal, writeQuery } from "./draft.ts";
import { createTerm, defaultMeasure } from "./summary/terms.ts";
import type { ParameterName } from "./formula/parameters.ts";

export function chooseConnection(builder: Builder, connection: string): void {
  builder.draft.connection = connection;
  builder.changed();
}

export function chooseCollection(builder: Builder, collection: string): void {
  const { draft } = builder;
  const kind = findCollection(collection)?.kinds[0] ?? "";
  builder.before = builder.draft.collection === "" ? undefined : replacedBy(builder);
  Object.assign(draft, {
    collection,
    kind,
    filters: [],
    orderBy: "",
    direction: "",
    fields: [],
    by: [],
    measures: [],
  });
  writeQuery(draft);
  if (draft.goal === "totals") summarise(draft);
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
  draft.goal = goal;
  if (goal !== "rows") builder.editedTable = undefined;
  if (goal === "totals") summarise(draft);
  builder.changed();
}

/** A summary has an order and a limit of its own, and at least one figure. */
function summarise(draft: Draft): void {
  const filters = draft.filters.filter((filter) => !isControl(filter));
  if (filters.length < draft.filters.length || draft.orderBy !== "") {
    Object.assign(draft, { filters, orderBy: "", direction: "" });
    writeQuery(draft);
  }
  if (draft.measures.length === 0 && draft.collection !== "") {
    draft.measures = [createTerm(defaultMeasure(draft.collection))];
  }
}

/** Replaces an argument that Excel calculates by a value chosen here. */
export function replaceExpression(builder: Builder, name: ParameterName): void {
  const others = Object.entries(builder.draft.expressions).filter(([one]) => one !== name);
  builder.draft.expressions = Object.fromEntries(others);
  builder.changed();
}
