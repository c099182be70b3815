/**
 * Reads a query from cells: columns with property, operator, value and, for a list, further values.
 * @module
 */
import { numberText } from "../number-text.ts";
import { isBlankText, isEmptyCell, plainText } from "../comparable-text.ts";
import { KalError } from "../errors.ts";
import { inexactNumber } from "../inexact-number.ts";
import { quotesHint, readName, writePath } from "../names.ts";
import { shorten } from "../shorten.ts";
import {
  type Clause,
  isComparison,
  isControl,
  isList,
  operatorList,
  operators,
  type Query,
} from "./clauses.ts";
import { readValue, type ValueReading } from "./clause-value.ts";
import { controlNamed, propertyText, unquote } from "./parse.ts";
import { listClause } from "./value-list.ts";

/**
 * Reads rows of cells. With two columns the operator is `=`. A row without a property or value is skipped, so analysts
 * can leave a filter empty. A value of 0 is refused, because Excel may pass an empty cell as 0: guessing would either
 * drop a filter or add one.
 *
 * For `in` and `not in`, the third and all further columns hold values, and a row without property and operator continues
 * the list above; empty cells and 0 in a list are skipped.
 * @param rows cells as Excel passes them: text, numbers, booleans, dates as serials; empty as null, "" or 0.
 * @throws KalError KAL_QUERY_INVALID naming the row.
 */
export function queryFromRange(rows: readonly (readonly unknown[])[]): Query {
  const query: Clause[] = [];
  rows.forEach((row, index) => {
    if (continuesList(rows, index)) return;
    const place = `Query, row ${index + 1}`;
    const clause = isListRow(row) ? readListRows(rows, index) : readRow(row, place);
    if (clause === undefined) return;
    if (isControl(clause) && query.some(({ property }) => property === clause.property)) {
      throw invalid(`${place}: there is already a “${clause.property}”.`);
    }
    query.push(clause);
  });
  return query;
}

/** Rows of cells that hold a list: the row with its operator, and those below that continue it. */
function readListRows(rows: readonly (readonly unknown[])[], start: number): Clause {
  const [property, written] = rows[start] ?? [];
  const place = `Query, row ${start + 1}`;
  const { path, name, control } = readProperty(property, place);
  if (control !== undefined) throw invalid(`${place}: expected “=” after “${control}”.`);
  const values: string[] = [];
  for (let at = start; at === start || continuesList(rows, at); at += 1) {
    for (const cell of rows[at]?.slice(2) ?? []) {
      if (!isEmptyCell(cell)) values.push(readCell(cell, name, "=", `Query, row ${at + 1}`));
    }
  }
  if (values.length === 0) {
    throw invalid(
      `${place}: the list for “${shorten(path.join("."))}” is empty.`,
      "Fill in a value, or leave the row out to filter nothing.",
    );
  }
  return listClause(name, readOperator(written, place) === "in" ? "in" : "not in", values);
}

function isListRow(row: readonly unknown[] | undefined): boolean {
  const [property, operator] = row ?? [];
  return row !== undefined && row.length > 2 && !isEmptyCell(property) && isList(operatorOf(operator) ?? "=");
}

/** Whether a row continues the list of a row above it. */
function continuesList(rows: readonly (readonly unknown[])[], index: number): boolean {
  const isContinuation = (row: readonly unknown[] | undefined) =>
    row !== undefined && row.length > 2 && isEmptyCell(row[0]) && isEmptyCell(row[1]);
  let above = index;
  while (isContinuation(rows[above])) above -= 1;
  return above < index && isListRow(rows[above]);
}

function readProperty(property: unknown, place: string) {
  const written = textOf(property, place);
  const path = readName(written);
  if (!path)
    throw invalid(`${place}: “${shorten(written)}” is not the name of a property.`, quotesHint(written));
  const control = controlNamed(written);
  return { written, path, control, name: control ?? propertyText(path) };
}

function readRow(row: readonly unknown[], place: string): Clause | undefined {
  if (row.length < 2) {
    throw invalid(`${place}: a query in cells has columns for property, operator and value.`);
  }
  const [property, operator, value, ...further] = row.length > 2 ? row : [row[0], "=", row[1]];
  if (isEmptyCell(property) || value === null || value === undefined || isBlankText(value)) return undefined;
  if (!further.every(isEmptyCell)) {
    throw invalid(`${place}: only “in” and “not in” take several values.`);
  }
  const { written, control, name } = readProperty(property, place);
  if (value === 0) {
    throw invalid(
      `${place}: the value of “${shorten(written)}” is 0 or an empty cell; KAL cannot tell which.`,
      "To filter by 0, write it as text: '0. To filter nothing, leave the row out.",
    );
  }
  const sign = readOperator(operator, place);
  if (control !== undefined && sign !== "=") throw invalid(`${place}: expected “=” after “${control}”.`);
  return { property: name, operator: sign, value: readCell(value, name, sign, place) };
}

/** Reads the cell of a value. */
function readCell(value: unknown, name: string, sign: Clause["operator"], place: string): string {
  const inexact = isComparison(sign) ? undefined : inexactNumber(value);
  if (inexact) throw invalid(`${place}: ${inexact.message}`, inexact.hint);
  const text = textOf(value, place);
  const unquoted = unquote(text);
  if (unquoted === "")
    throw invalid(`${place}: “${shorten(name)}” has no value between the quotation marks.`);
  const reading = name === "orderBy" ? readOrderValue(text) : readValue(name, sign, unquoted);
  if ("expected" in reading)
    throw invalid(`${place}: expected ${reading.expected}, found “${shorten(text, 20)}”.`);
  return reading.value;
}

function readOrderValue(text: string): ValueReading {
  const path = readName(text);
  return path ? { value: writePath(path) } : { expected: "the name of a property" };
}

function readOperator(operator: unknown, place: string): Clause["operator"] {
  const found = operatorOf(operator);
  if (found) return found;
  throw invalid(
    `${place}: “${shorten(textOf(operator, place), 20)}” is not an operator; use ${operatorList}.`,
  );
}

/** The operator in a cell, “=” in an empty one; undefined for anything else. */
function operatorOf(cell: unknown): Clause["operator"] | undefined {
  if (isEmptyCell(cell)) return "=";
  const text = typeof cell === "string" ? plainText(cell).toLowerCase().replace(/\s+/g, " ") : "";
  return operators.find((candidate) => candidate === (text === "<>" ? "!=" : text));
}

function textOf(cell: unknown, place: string): string {
  if (typeof cell === "number") return numberText(cell);
  if (typeof cell === "string" || typeof cell === "boolean") return plainText(String(cell));
  throw invalid(`${place}: a cell holds something other than a text, number, date, TRUE or FALSE.`);
}

function invalid(message: string, hint?: string): KalError {
  return new KalError("KAL_QUERY_INVALID", { message, hint });
}
