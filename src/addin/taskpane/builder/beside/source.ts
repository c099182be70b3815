/**
 * Where the values of an argument come from: cells of the workbook, or values chosen in the pane.
 * @module
 */
import { columnName } from "../../../../excel/address.ts";
import { quoteItem, valuesOf } from "../../../../kalibrate/query/value-list.ts";
import type { Argument } from "../formula/kal-call.ts";
import { createFilter, type Filter, isClause, readFilter } from "../query/filter.ts";
import { fixedReference, type Place, referenceTo, type SheetCells } from "./place.ts";

/** The values chosen here are a list of a field, picked as in a filter. */
export interface Source extends Filter {
  /** The cells that hold the values. */
  cells: SheetCells | undefined;
  /** What Excel calculates, as the formula has it, until something else is chosen. */
  expression: string | undefined;
}

type List = readonly string[];

export function createSource(property: string, argument: Argument<List> = { value: [] }): Source {
  const value = "value" in argument ? argument.value.map(quoteItem).join(", ") : "";
  const expression = "expression" in argument ? argument.expression : undefined;
  return createFilter({ property, operator: "in", value }, { cells: undefined, expression });
}

/** The values chosen here. */
export function chosenIn(source: Source): List {
  const read = readFilter(source);
  return isClause(read) ? valuesOf(read) : [];
}

export const isGiven = (source: Source) =>
  source.expression !== undefined || source.cells !== undefined || chosenIn(source).length > 0;

/** Whether it is what Excel calculates from something other than known cells. */
export const isCalculated = ({ expression, cells }: Source) => expression !== undefined && !cells;

/**
 * The argument in the first cell of a place.
 * @param place undefined: all cells are meant, wherever the formula goes
 * @param isNew whether the formula goes elsewhere than it was
 */
export function argumentOf(source: Source, place?: Place, isNew = false): Argument<List> {
  const { expression, cells } = source;
  if (cells && (isNew || expression === undefined)) {
    return { expression: place ? referenceTo(cells, place.cells) : fixedReference(cells) };
  }
  if (expression !== undefined) return { expression };
  const chosen = chosenIn(source);
  if (!place?.areHeadingsKeys || chosen.length === 0) return { value: chosen };
  return { expression: `${columnName(place.cells.column)}$${place.cells.row}` };
}
