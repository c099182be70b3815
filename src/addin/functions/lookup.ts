/**
 * KAL.LOOKUP and KAL.ASOF: look up single values by keys, for thousands of cells.
 * @module
 */
import { isEmptyCell } from "../../kalibrate/comparable-text.ts";
import { splitConnection } from "../../kalibrate/connection-name.ts";
import { KalError } from "../../kalibrate/errors.ts";
import type { KeyValue, LookupResult } from "../../kalibrate/gateway-api.ts";
import { inexactNumber } from "../../kalibrate/inexact-number.ts";
import { readName } from "../../kalibrate/names.ts";
import { shorten } from "../../kalibrate/shorten.ts";
import { type Cell, type CellForm, fitting, toCell } from "../runtime/cells.ts";
import { toExcelError, toPlainExcelError } from "../runtime/excel-error.ts";
import {
  type EntryAnswer,
  type LookupOperation,
  type Slice,
  sliceOf,
  type LookupKey,
} from "../runtime/requests/lookup-call.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { incomplete } from "../runtime/session/gateway-answers.ts";
import { readFields, readQuery, readRequiredText, rowsOf } from "./arguments.ts";
import type { ForExcel, Invocation } from "./call.ts";
import { isSingle, type LookupShape, type Matrix, shapeOf } from "./lookup-shape.ts";
import { readMoments } from "./moments.ts";
import { readOnce } from "./read-once.ts";

export interface LookupArguments {
  readonly collection: unknown;
  readonly query: unknown;
  readonly field: unknown;
  readonly keys: unknown;
  /** One argument per key. */
  readonly values: unknown;
  /** Only in KAL.ASOF. */
  readonly moment?: unknown;
}

interface SliceAndFields {
  readonly name: string | undefined;
  readonly slice: Slice;
  readonly fields: readonly string[];
}

/** This few cells always fit into a result, because a text has at most 32,767 characters. */
const maxUnmeasuredCells = 50;

/** @param operation `as-of` for KAL.ASOF, whose moment counts as one more value for the shape */
export function createLookup(runtime: Runtime, forExcel: ForExcel, operation: LookupOperation) {
  const { activity, batchWindow, dateSystem, deliver, host, lookups, session } = runtime;
  const { cellForm } = runtime.valueSettings;

  /** Cached: thousands of cells differ only in their key values. */
  const readSlice = readOnce(
    batchWindow.wallTime,
    (...given: [collection: unknown, query: unknown, field: unknown, keys: unknown]) => {
      const { connection: name, collection } = splitConnection(readRequiredText("collection", given[0]));
      const connection = session.connectionFor(name);
      const query = readQuery(given[1], new Date(batchWindow.wallTime()));
      const keys = readNames("keys", given[3]);
      const slice = sliceOf(connection, collection, query, keys, operation);
      return { name, slice, fields: readNames("field", given[2]) } satisfies SliceAndFields;
    },
    ({ name, slice }) => session.connectionFor(name) === slice.connection,
  );

  /** The fast path for a single value, which is nearly every cell. */
  function lookUpOne(
    slice: Slice,
    field: string,
    given: readonly Matrix[],
    invocation: Invocation,
  ): Promise<Cell[][]> {
    const values = given.map((matrix) => matrix[0]?.[0]);
    const problem = problemIn(values);
    if (problem) throw problem;
    // An empty key gives an empty result, not an error.
    if (values.some(isEmptyCell)) return Promise.resolve([[cellForm().empty]]);
    const key: LookupKey = { field, values: values as KeyValue[] };
    return lookups.find(slice, [key], invocation).then(([answer]) => {
      activity.answered(slice.key, invocation.address);
      const cell = cellOf(answer, key, cellForm());
      if (cell instanceof KalError) throw cell;
      return [[cell]];
    });
  }

  async function lookUpMany(
    slice: Slice,
    fields: readonly string[],
    shape: LookupShape,
    invocation: Invocation,
  ): Promise<Cell[][]> {
    const isRange = shape.rows * shape.columns > 1;
    if (fields.length > 1 && isRange) throw severalFieldsWithRange();
    const columns = isRange ? shape.columns : fields.length;

    const places = placesOf(shape, fields);
    const problem = places.find((place) => place instanceof KalError);
    if (problem && (!isRange || !host.showsErrorsInTables())) throw problem;
    const lookupKeys = places.filter(
      (place): place is LookupKey => place !== undefined && !(place instanceof KalError),
    );
    const answers = await lookups.find(slice, lookupKeys, invocation);
    if (lookupKeys.length > 0) activity.answered(slice.key, invocation.address);
    const cells = (form: CellForm) => cellsOf(places, answers, columns, form);
    if (places.length <= maxUnmeasuredCells) return cells(cellForm());
    const measured = fitting(cellForm(), cells, true);
    if (measured?.datesArePlain) activity.noted("datesArePlain", invocation.address);
    if (measured) return deliver(measured.cells, measured.characters);
    throw new KalError("KAL_TOO_LARGE", {
      message: `The result has ${places.length.toLocaleString("en-GB")} cells: too much for one formula.`,
      hint: "Look for fewer values at a time, such as A2:A5000 instead of a whole column.",
    });
  }

  return (given: LookupArguments, invocation: Invocation): Promise<Cell[][]> => {
    const lookUp = ({ collection, query, field, keys, values, moment }: LookupArguments) => {
      dateSystem.refuse1904();
      const { slice, fields } = readSlice(collection, query, field, keys);
      const matrices = readValues(values, slice.keys);
      if (moment !== undefined) matrices.push(readMoments(moment, new Date(batchWindow.wallTime())));
      const [first] = fields;
      if (first !== undefined && fields.length === 1 && matrices.every(isSingle))
        return lookUpOne(slice, first, matrices, invocation);
      return lookUpMany(slice, fields, shapeOf(matrices), invocation);
    };
    return forExcel(invocation, given, lookUp, "values");
  };
}

/** One position of the result: undefined if a key is blank, an error if a key cannot be used. */
type Place = LookupKey | KalError | undefined;

/** Row by row. */
function placesOf(shape: LookupShape, fields: readonly string[]): Place[] {
  const places: Place[] = [];
  for (let row = 0; row < shape.rows; row += 1) {
    for (let column = 0; column < shape.columns; column += 1) {
      const values = shape.valuesAt(row, column);
      const problem = problemIn(values);
      const isComplete = !values.some(isEmptyCell);
      for (const field of fields)
        places.push(problem ?? (isComplete ? { field, values: values as KeyValue[] } : undefined));
    }
  }
  return places;
}

/** Why one of the values cannot be used as a key. */
function problemIn(values: readonly unknown[]): KalError | undefined {
  for (const value of values) {
    if (value instanceof KalError) return value;
    const inexact = inexactNumber(value);
    if (inexact) return new KalError("KAL_ARGUMENT_INVALID", inexact);
  }
  return undefined;
}

function cellsOf(
  places: readonly Place[],
  answers: readonly EntryAnswer[],
  columns: number,
  form: CellForm,
): Cell[][] {
  let next = 0;
  // In a range each position has its own error.
  const cells = places.map((place) => {
    if (!place) return form.empty;
    const cell = place instanceof KalError ? place : cellOf(answers[next++], place, form);
    if (!(cell instanceof KalError)) return cell;
    return form.plainErrors ? toPlainExcelError(cell) : toExcelError(cell);
  });
  const rows: Cell[][] = [];
  for (let at = 0; at < cells.length; at += columns) rows.push(cells.slice(at, at + columns));
  return rows;
}

function cellOf(answer: EntryAnswer | undefined, key: LookupKey, form: CellForm): Cell | KalError {
  if (!answer) return incomplete();
  const { result, column } = answer;
  return "value" in result ? toCell(result.value, column, form) : missOf(result, key);
}

function missOf(result: Exclude<LookupResult, { value: unknown }>, { values }: LookupKey): KalError {
  if ("error" in result) {
    const { code, message, hint } = result.error;
    return new KalError(code, { message, hint });
  }
  const key = values.map((value) => `“${shorten(String(value))}”`).join(", ");
  if ("matches" in result) {
    return new KalError("KAL_AMBIGUOUS", { message: `${result.matches} records match ${key}.` });
  }
  return new KalError("KAL_NO_MATCH", { message: `No record matches ${key}.` });
}

function readNames(argument: string, value: unknown): string[] {
  const names = readFields(value);
  if (!names) {
    throw new KalError("KAL_ARGUMENT_INVALID", { message: `The argument “${argument}” is missing.` });
  }
  // Checked here because a range of 5,000 values in the wrong argument would send 5,000 fields to the service.
  const wrong = names.find((name) => name !== "*" && !readName(name));
  if (wrong === undefined) return names;
  throw new KalError("KAL_FIELD_UNKNOWN", {
    message: `“${shorten(wrong)}” in “${argument}” cannot be the name of a field.`,
    hint: "The order is: collection, query, field, keys, then one value for each key.",
  });
}

/** A repeating argument arrives as a list of arguments. */
function readValues(given: unknown, keys: readonly string[]): unknown[][][] {
  const values = Array.isArray(given) ? given.map(rowsOf) : [];
  if (values.length === keys.length) return values;
  throw new KalError("KAL_ARGUMENT_INVALID", {
    message: `There are ${keys.length} keys (${shorten(keys.join(", "))}) but ${values.length} values.`,
    hint: "Give one value or range for each key, in the same order.",
  });
}

function severalFieldsWithRange(): KalError {
  return new KalError("KAL_ARGUMENT_INVALID", {
    message: "Several fields fill cells side by side, so each key takes a single value, not a range.",
    hint: "Use one field with ranges, or one formula per row.",
  });
}
