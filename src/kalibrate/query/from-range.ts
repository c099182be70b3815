/**
 * A query written in cells: two or three columns of property, operator and value.
 * @module
 */
import { findAttribute } from "../catalogue/attributes.ts";
import { KalError } from "../errors.ts";
import { isoOf } from "../serial-date.ts";
import { shorten } from "../shorten.ts";
import { type Clause, operatorList, operators, type Query } from "./clauses.ts";
import { formatQuery } from "./format.ts";
import { parseQuery } from "./parse.ts";

/**
 * Reads rows of cells. With two columns the operator is `=`; a row without a value filters nothing and is passed over,
 * so that an analyst can leave a filter empty. Excel may hand an empty cell over as the number 0, so that is refused:
 * a filter that is dropped, or one that nobody meant, would show wrong rows.
 * @param rows cells as Excel hands them over: text, numbers, booleans, dates as serials; empty as null, "" or 0.
 * @throws KalError KAL_QUERY_INVALID naming the row.
 */
export function queryFromRange(rows: readonly (readonly unknown[])[]): Query {
  const query: Clause[] = [];
  rows.forEach((row, index) => {
    const place = `Query, row ${index + 1}`;
    if (row.length < 2 || row.length > 3) {
      throw new KalError("KAL_QUERY_INVALID", {
        message: `${place}: a query in cells has two or three columns (property, operator, value).`,
      });
    }
    const [property, operator, value] = row.length === 3 ? row : [row[0], "=", row[1]];
    if (isEmpty(property) || value === null || value === undefined || value === "") return;
    if (value === 0) {
      throw new KalError("KAL_QUERY_INVALID", {
        message: `${place}: the value of “${shorten(String(property))}” is 0 or an empty cell, and Excel does not tell which.`,
        hint: "To filter by 0, write it as text: '0. To filter nothing, leave the row out.",
      });
    }
    const name = String(property).trim();
    query.push({ property: name, operator: readOperator(operator, place), value: writeValue(name, value) });
  });
  // One reader decides what a clause may look like, wherever it comes from.
  return parseQuery(formatQuery(query));
}

function readOperator(operator: unknown, place: string): Clause["operator"] {
  const text = isEmpty(operator) ? "=" : String(operator).trim();
  const found = operators.find((candidate) => candidate === (text === "<>" ? "!=" : text));
  if (found) return found;
  throw new KalError("KAL_QUERY_INVALID", {
    message: `${place}: “${shorten(text, 20)}” is no operator; use ${operatorList}.`,
  });
}

/** A cell holds a date as a number: what the property is decides. */
function writeValue(property: string, value: unknown): string {
  if (typeof value === "number" && isDate(property)) return isoOf(value) ?? String(value);
  return String(value).trim();
}

/** Attributes of the catalogue by their type, others by the endings that the vendor gives to dates. */
function isDate(property: string): boolean {
  const name = property.split(".").at(-1) ?? "";
  const type = findAttribute(name)?.type;
  return type === undefined ? /(Time|Date|On)$/.test(name) : type === "date" || type === "datetime";
}

/** Excel hands an empty cell over as 0, null or "", depending on the platform. */
function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === "" || value === 0;
}
