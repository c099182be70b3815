/**
 * The function calls of cells: requested in a calculation, sent after it, answered later.
 *
 * The formula engine cannot wait. So a cell with a pending call evaluates to #BUSY! and is evaluated again when the
 * answer arrives.
 * @module
 */
import { KalError } from "../../../kalibrate/errors.ts";
import { type Argument, parameterValues } from "../../excel-host/arguments.ts";
import type { CellResult } from "../../excel-host/cells.ts";
import type { FunctionMetadata } from "../../excel-host/functions-metadata.ts";
import type { FunctionCall, Invocation } from "../../excel-host/invocations.ts";

/** What Excel shows until a function has answered. */
const busy: CellResult = [[{ error: "#BUSY!" }]];

/** A cell of the workbook; rows and columns count from 0. */
export interface CellPlace {
  readonly sheetId: string;
  readonly row: number;
  readonly column: number;
}

/** The part of the emulated Excel that calls need. */
export interface Caller {
  readonly invokeAll: (calls: readonly FunctionCall[]) => readonly Invocation[];
  readonly cancel: (id: number) => void;
}

interface Call {
  readonly functionId: string;
  readonly args: readonly Argument[];
  state: "queued" | "sent" | "arrived" | "used";
  cells: CellResult;
  id?: number;
  /** The evaluation that last requested it. */
  askedIn: string;
}

interface CallingCell {
  readonly place: CellPlace;
  readonly calls: Map<string, Call>;
  evaluation: string;
  /** Whether an answer caused this evaluation: then known answers are used. */
  answered: boolean;
}

/** An answered call as saved with the workbook. */
export interface KeptAnswer {
  readonly place: CellPlace;
  readonly functionId: string;
  readonly args: readonly Argument[];
  readonly cells: CellResult;
}

export interface Calls {
  /** The current cells of a call. @param round distinguishes two evaluations within one calculation */
  readonly evaluate: (
    place: CellPlace,
    entry: FunctionMetadata,
    args: readonly Argument[],
    round: number,
  ) => CellResult;
  /** The calculation has ended: sends new calls in one message and cancels those that were not requested again. */
  readonly calculated: () => void;
  /** The cell's content has changed. */
  readonly forget: (place: CellPlace) => void;
  /** The answers of a cell's functions. */
  readonly resultsOf: (place: CellPlace) => readonly CellResult[];
  /** The add-in's page was closed or loaded again: pending calls are made again. */
  readonly restart: () => void;
  /** The answers to save with a workbook: Excel saves the values of functions and does not call them on opening. */
  readonly answers: () => KeptAnswer[];
}

/**
 * @param caller the current Excel; undefined while the add-in's page is not loaded
 * @param arrived called with the cells that have got an answer, so that they are evaluated again
 * @param addressAt a cell's address with its sheet, which functions may request
 * @param kept saved answers of the opened workbook: they are used until something else makes the cell evaluate again
 */
export function createCalls(
  caller: () => Caller | undefined,
  arrived: (places: readonly CellPlace[]) => void,
  addressAt: (place: CellPlace) => string,
  kept: readonly KeptAnswer[] = [],
): Calls {
  const cells = new Map<string, CallingCell>();
  let calculation = 1;
  let touched = new Set<CallingCell>();
  let answeredPlaces: CellPlace[] = [];

  function cellAt(place: CellPlace): CallingCell {
    const key = keyOf(place);
    const known = cells.get(key);
    if (known) return known;
    const cell: CallingCell = { place, calls: new Map(), evaluation: "", answered: false };
    cells.set(key, cell);
    return cell;
  }

  function cancel(call: Call): void {
    if (call.state === "sent" && call.id !== undefined) caller()?.cancel(call.id);
  }

  function report(cell: CallingCell): void {
    if (answeredPlaces.push(cell.place) > 1) return;
    // One office.js message answers many calls, so their cells are marked together.
    queueMicrotask(() => {
      const places = answeredPlaces;
      answeredPlaces = [];
      arrived(places);
    });
  }

  function send(queued: readonly { cell: CallingCell; call: Call }[]): void {
    const excel = caller();
    if (!excel || queued.length === 0) return;
    const invocations = excel.invokeAll(
      queued.map(({ cell, call }) => ({ ...call, address: addressAt(cell.place) })),
    );
    for (const [index, { cell, call }] of queued.entries()) {
      const invocation = invocations[index];
      if (!invocation) throw new Error("The add-in's host has started fewer calls than it was given.");
      const { id, result } = invocation;
      call.state = "sent";
      call.id = id;
      result.then(
        (answer) => {
          if (call.id !== id || call.state !== "sent") return;
          call.state = "arrived";
          call.cells = answer;
          report(cell);
        },
        () => undefined,
      );
    }
  }

  function queuedCalls(): { cell: CallingCell; call: Call }[] {
    return [...cells.values()].flatMap((cell) =>
      [...cell.calls.values()].filter(({ state }) => state === "queued").map((call) => ({ cell, call })),
    );
  }

  for (const { place, functionId, args, cells: answer } of kept) {
    const call: Call = { functionId, args, state: "arrived", cells: answer, askedIn: "" };
    cellAt(place).calls.set(callKey(functionId, args), call);
  }

  return {
    evaluate(place, entry, args, round) {
      const cell = cellAt(place);
      touched.add(cell);
      const evaluation = `${calculation}.${round}`;
      if (cell.evaluation !== evaluation) {
        const sameCalculation = cell.evaluation.startsWith(`${calculation}.`);
        cell.evaluation = evaluation;
        cell.answered = sameCalculation || [...cell.calls.values()].some(({ state }) => state === "arrived");
      }
      const key = callKey(entry.id, args);
      const known = cell.calls.get(key);
      if (known && (known.state !== "used" || cell.answered)) {
        known.askedIn = evaluation;
        if (known.state === "arrived") known.state = "used";
        return known.cells;
      }
      const call = newCall(entry, args, evaluation);
      cell.calls.set(key, call);
      return call.cells;
    },
    calculated() {
      calculation++;
      for (const cell of touched) {
        for (const [key, call] of cell.calls) {
          if (call.askedIn === cell.evaluation) continue;
          cancel(call);
          cell.calls.delete(key);
        }
      }
      const queued = [...touched].flatMap((cell) =>
        [...cell.calls.values()].filter(({ state }) => state === "queued").map((call) => ({ cell, call })),
      );
      touched = new Set();
      send(queued);
    },
    forget(place) {
      const key = keyOf(place);
      for (const call of cells.get(key)?.calls.values() ?? []) cancel(call);
      cells.delete(key);
    },
    resultsOf: (place) =>
      [...(cells.get(keyOf(place))?.calls.values() ?? [])].map(({ cells: result }) => result),
    restart() {
      for (const { calls } of cells.values()) {
        for (const call of calls.values()) if (call.state === "sent") call.state = "queued";
      }
      send(queuedCalls());
    },
    answers: () =>
      [...cells.values()].flatMap(({ place, calls }) =>
        [...calls.values()]
          .filter(({ state }) => state === "arrived" || state === "used")
          .map(({ functionId, args, cells: answer }) => ({ place, functionId, args, cells: answer })),
      ),
  };
}

function callKey(functionId: string, args: readonly Argument[]): string {
  return `${functionId} ${JSON.stringify(args)}`;
}

function keyOf({ sheetId, row, column }: CellPlace): string {
  return `${sheetId} ${row} ${column}`;
}

function newCall(entry: FunctionMetadata, args: readonly Argument[], askedIn: string): Call {
  const call: Call = { functionId: entry.id, args, state: "queued", cells: busy, askedIn };
  try {
    parameterValues(entry, args);
  } catch (error) {
    if (!(error instanceof KalError)) throw error;
    // Excel would reject the entry with a dialog; here the cell shows why.
    call.state = "used";
    call.cells = [[{ error: "#VALUE!", message: `${error.message} ${error.hint}` }]];
  }
  return call;
}
