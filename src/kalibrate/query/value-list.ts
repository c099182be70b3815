/**
 * Lists of values: `(importCode in 1250, 1251)`.
 * @module
 */
import { quoteStep } from "../names.ts";
import { type Clause, isList, type ListOperator } from "./clauses.ts";

/** How a list was written, besides its values. */
interface ListForm {
  /** Whether an unquoted comma is between two digits: with numbers it may be a decimal comma. */
  readonly hasBareComma?: boolean | undefined;
  readonly position?: number | undefined;
}

/** Creates the clause of a list. Repeated values count once. */
export function listClause(
  property: string,
  operator: ListOperator,
  values: readonly string[],
  { hasBareComma = false, position }: ListForm = {},
): Clause {
  const different = [...new Set(values)];
  return {
    property,
    operator,
    value: different.map(quoteItem).join(hasBareComma ? "," : ", "),
    values: different,
    ...(hasBareComma && { hasBareComma }),
    ...(position !== undefined && { position }),
  };
}

/** An item that ends at its comma, whatever surrounds it. */
const plainItem = /^[^\s()=<>!@"'“‘„‚«,;+][^()=<>,;+"'“”‘’„‚«»\r\n\u00a0\u2007\u202f]*$/;

/** A value as an item of a list, in quotes if it needs them. */
export function quoteItem(value: string): string {
  return plainItem.test(value) ? value : quoteStep(value);
}

/** The values of a clause: those of its list, or its only one. */
export function valuesOf({ value, values }: Clause): readonly string[] {
  return values ?? [value];
}

/** The clause with its values replaced by the results of `change`. */
export function mapValues(clause: Clause, change: (value: string) => string): Clause {
  const { property, operator, values } = clause;
  if (values === undefined || !isList(operator)) return { ...clause, value: change(clause.value) };
  return listClause(property, operator, values.map(change), clause);
}
