/**
 * Reads a query from cells: two or three columns with property, operator and value.
 * @module
 */
import { plainText } from "../comparable-text.ts";
import { KalError } from "../errors.ts";
import { inexactNumber } from "../inexact-number.ts";
import { quotesHint, readName, writePath } from "../names.ts";
import { shorten } from "../shorten.ts";
import { type Clause, isComparison, isControl, operatorList, operators, type Query } from "./clauses.ts";
import { readValue, type ValueReading } from "./clause-value.ts";
import { controlNamed, propertyText, unquote } from "./parse.ts";

/**
 * Reads rows of cells. With two columns the operator is `=`. A row without a property or value is skipped, so analysts
 * can leave a filter empty. A value of 0 is refused, because Excel may pass an empty cell as 0: guessing would either
 * drop a filter or add one.
 * @param rows cells as Excel passes them: text, numbers, booleans, dates as serials; empty as null, "" or 0.
 * @throws KalError KAL_QUERY_INVALID naming the row.
 */
export function queryFromRange(rows: readonly (readonly unknown[])[]): Query {
  const query: Clause[] = [];
  rows.forEach((row, index) => {
    const clause = readRow(row, `Query, row ${index + 1}`);
    if (clause === undefined) return;
    if (isControl(clause) && query.some(({ property }) => property === clause.property)) {
      throw invalid(`Query, row ${index + 1}: there is already a “${clause.property}”.`);
    }
    query.push(clause);
  });
  return query;
}

function readRow(row: readonly unknown[], place: string): Clause | undefined {
  if (row.length < 2 || row.length > 3) {
    throw invalid(`${place}: a query in cells has two or three columns (property, operator, value).`);
  }
  const [property, operator, value] = row.length === 3 ? row : [row[0], "=", row[1]];
  if (isEmpty(property) || value === null || value === undefined || isBlank(value)) return undefined;
  const written = textOf(property, place);
  if (value === 0) {
    throw invalid(
      `${place}: the value of “${shorten(written)}” is 0 or an empty cell; KAL cannot tell which.`,
      "To filter by 0, write it as text: '0. To filter nothing, leave the row out.",
    );
  }
  const path = readName(written);
  if (!path)
    throw invalid(`${place}: “${shorten(written)}” is not the name of a property.`, quotesHint(written));
  const control = controlNamed(written);
  const sign = readOperator(operator, place);
  if (control !== undefined && sign !== "=") throw invalid(`${place}: expected “=” after “${control}”.`);
  const inexact = isComparison(sign) ? undefined : inexactNumber(value);
  if (inexact) throw invalid(`${place}: ${inexact.message}`, inexact.hint);
  const name = control ?? propertyText(path);
  const text = textOf(value, place);
  const unquoted = unquote(text);
  if (unquoted === "")
    throw invalid(`${place}: “${shorten(written)}” has no value between the quotation marks.`);
  const reading = control === "orderBy" ? readOrderValue(text) : readValue(name, sign, unquoted);
  if ("expected" in reading)
    throw invalid(`${place}: expected ${reading.expected}, found “${shorten(text, 20)}”.`);
  return { property: name, operator: sign, value: reading.value };
}

function readOrderValue(text: string): ValueReading {
  const path = readName(text);
  return path ? { value: writePath(path) } : { expected: "the name of a property" };
}

function readOperator(operator: unknown, place: string): Clause["operator"] {
  const text = isEmpty(operator) ? "=" : textOf(operator, place);
  const found = operators.find((candidate) => candidate === (text === "<>" ? "!=" : text));
  if (found) return found;
  throw invalid(`${place}: “${shorten(text, 20)}” is not an operator; use ${operatorList}.`);
}

function textOf(cell: unknown, place: string): string {
  if (typeof cell === "number") return numberText(cell);
  if (typeof cell === "string" || typeof cell === "boolean") return plainText(String(cell));
  throw invalid(`${place}: a cell holds something other than a text, number, date, TRUE or FALSE.`);
}

/** The 15 digits that Excel shows, never with an exponent. */
function numberText(number: number): string {
  const short = String(Number(number.toPrecision(15)));
  return /^-?[\d.]+$/.test(short)
    ? short
    : number.toLocaleString("en-US", { useGrouping: false, maximumSignificantDigits: 15 });
}

/** Excel passes an empty cell as 0, null or "", depending on the platform. */
function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === 0 || isBlank(value);
}

/** A text without visible characters: to the analyst the cell is empty. */
function isBlank(value: unknown): boolean {
  return typeof value === "string" && plainText(value) === "";
}

function invalid(message: string, hint?: string): KalError {
  return new KalError("KAL_QUERY_INVALID", { message, hint });
}
