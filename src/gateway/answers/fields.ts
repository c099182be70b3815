/**
 * The fields of a slice: those in the catalogue, and those seen in its records.
 * @module
 */
import { attributesOf, labelOf } from "../../kalibrate/catalogue/attributes.ts";
import { isPersonal } from "../../kalibrate/catalogue/personal-data.ts";
import { findReference } from "../../kalibrate/catalogue/references.ts";
import { parseSliceAddress } from "../../kalibrate/catalogue/slice-address.ts";
import type { FieldsAnswer, FieldsRequest, FieldSummary } from "../../kalibrate/gateway-api.ts";
import { writePath } from "../../kalibrate/names.ts";
import type { Column } from "../../kalibrate/table.ts";
import type { AnswerContext } from "./context.ts";
import { shareTable } from "./shared-table.ts";
import { readTableRequest } from "./table.ts";

/** Records to read: enough to find fields that are seldom filled, few enough for one answer. */
const maxSampleRecords = 200;

/**
 * Lists fields: first those that records have, each with a value as an example, then those that only the catalogue
 * knows. Personal data is left out.
 */
export async function summariseFields(
  { collection: name, query }: FieldsRequest,
  context: AnswerContext,
): Promise<FieldsAnswer> {
  const { collection } = parseSliceAddress(name);
  const request = {
    collection: name,
    fields: ["*"],
    limit: maxSampleRecords,
    ...(query !== undefined && { query }),
  };
  const share = context.memory.open(context.owner, context.signal);
  const { columns, rows, asOf } = await shareTable(
    readTableRequest(request, context),
    context,
    share,
  ).finally(() => share.shrink(0));
  const met = columns.map((column, at): FieldSummary => {
    const example = rows.find((row) => row[at] !== null && row[at] !== undefined)?.[at] ?? null;
    // If there are records, each column is one attribute, even if its name has a dot; it is listed in the spelling of formulas.
    const name = rows.length > 0 ? writePath([column.name]) : column.name;
    return { ...describe(column, collection.name), name, example };
  });
  const names = new Set(columns.map((column) => column.name));
  const known = Object.entries(attributesOf(collection.name))
    .filter(([attribute]) => !names.has(attribute) && !isPersonal(collection.name, attribute.split(".")))
    .map(([attribute, { type = "text" }]): FieldSummary => {
      const column = { name: attribute, label: labelOf(attribute), type };
      return { ...describe(column, collection.name), example: null };
    });
  return { fields: [...met, ...known], asOf };
}

function describe({ name, label, type }: Column, collection: string): Omit<FieldSummary, "example"> {
  return { name, label, type, refersTo: findReference(collection, name)?.collection ?? "" };
}
