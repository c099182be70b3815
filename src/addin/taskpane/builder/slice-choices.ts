/**
 * Actions on the choice of data: connection, collection and variant.
 * @module
 */
import { findCollection } from "../../../kalibrate/catalogue/collections.ts";
import { type Builder, replacedBy } from "./builder.ts";
import { writeQuery } from "./draft.ts";
import type { QueryCall } from "./formula/query-call.ts";

export function chooseConnection(builder: Builder, connection: string): void {
  builder.draft.connection = connection;
  builder.changed();
}

export function chooseCollection(builder: Builder, collection: string): void {
  const { draft } = builder;
  const kind = findCollection(collection)?.kinds[0] ?? "";
  builder.before = builder.draft.collection === "" ? undefined : replacedBy(builder);
  Object.assign(draft, { collection, kind, filters: [], orderBy: "", direction: "", fields: [] });
  writeQuery(draft);
  builder.search = "";
  builder.changed();
}

export function chooseKind(builder: Builder, kind: string): void {
  builder.draft.kind = kind;
  writeQuery(builder.draft);
  builder.changed();
}

/** Replaces an argument that Excel calculates by a value chosen here. */
export function replaceExpression(builder: Builder, name: keyof QueryCall): void {
  const others = Object.entries(builder.draft.expressions).filter(([one]) => one !== name);
  builder.draft.expressions = Object.fromEntries(others);
  builder.changed();
}
