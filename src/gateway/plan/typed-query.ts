/**
 * Reads the values of a query by the types of their properties.
 * @module
 */
import { attributeAt } from "../../kalibrate/catalogue/attributes.ts";
import type { SliceAddress } from "../../kalibrate/catalogue/slice-address.ts";
import { memberOf } from "../../kalibrate/documents/document.ts";
import { typeOfValue } from "../../kalibrate/documents/table.ts";
import { KalError } from "../../kalibrate/errors.ts";
import { type Path, pathOf } from "../../kalibrate/names.ts";
import { type Clause, isControl, type Query } from "../../kalibrate/query/clauses.ts";
import { formatQuery } from "../../kalibrate/query/format.ts";
import { readTypedValue } from "../../kalibrate/query/typed-value.ts";
import { mapValues } from "../../kalibrate/query/value-list.ts";
import { shorten } from "../../kalibrate/shorten.ts";
import type { ColumnType } from "../../kalibrate/table.ts";
import { type Asker, askForRecord } from "./sample-records.ts";

/**
 * Reads the values. A property that is not in the catalogue gets its type from a record; without one, its value is
 * sent as written.
 * @throws KalError KAL_QUERY_INVALID for a value that its property's type forbids, with the right form.
 */
export async function readValuesByType(address: SliceAddress, query: Query, asker: Asker): Promise<Query> {
  const read: Clause[] = [];
  for (const clause of query) {
    if (isControl(clause) || clause.operator === "@=") {
      read.push(clause);
      continue;
    }
    const type = await typeOf(clause, address, query, asker);
    if (type === "number" && clause.hasBareComma) throw notOfType(clause, bareComma);
    read.push(mapValues(clause, (value) => readValue({ ...clause, value }, type)));
  }
  return read;
}

/** 1,45 may be two numbers, or one with a decimal comma. */
const bareComma = "numbers separated by “;” or by a comma and a blank, with a point before decimals";

function readValue(clause: Clause, type: ColumnType | undefined): string {
  const reading = readTypedValue(clause, type);
  if ("expected" in reading) throw notOfType(clause, reading.expected);
  return reading.value;
}

async function typeOf(
  { property }: Clause,
  address: SliceAddress,
  query: Query,
  asker: Asker,
): Promise<ColumnType | undefined> {
  const path = pathOf(property);
  const { name } = address.collection;
  const known = attributeAt(name, path)?.type;
  if (known !== undefined) return known;
  const record = await askForRecord(address, query, asker);
  return record && (typeAt(record.data, path) ?? typeAt(record.id, path));
}

function typeAt(part: unknown, path: Path): ColumnType | undefined {
  const value = path.reduce<unknown>(memberOf, part);
  if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") return undefined;
  return value === "" ? undefined : typeOfValue(value);
}

function notOfType(clause: Clause, expected: string): KalError {
  const { property, value } = clause;
  return new KalError("KAL_QUERY_INVALID", {
    message: `${shorten(formatQuery([clause]))}: expected ${expected} for “${shorten(property)}”, found “${shorten(value, 20)}”.`,
  });
}
