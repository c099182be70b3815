/**
 * The calls that cells have made: asked for in a calculation, sent after it, answered later.
 *
 * The formula engine cannot wait, so a cell whose call has not been answered evaluates to #BUSY!, and is evaluated
 * again when the answer is there.
 * @module
 */
import { KalError } from "../../../kalibrate/errors.ts";
import { type Argument, parameterValues } from "../../excel-host/arguments.ts";
import type { CellResult } from "../../excel-host/cells.ts";
import type { FunctionMetadata } from "../../excel-host/functions-metadata.ts";
import type { FunctionCall, Invocation } from "../../excel-host/invocations.ts";

/** What Excel shows while a function has not answered. */
const busy: CellResult = [[{ error: "#BUSY!" }]];

/** A cell of the workbook; rows and columns count from 0. */
export interface CellPlace {
  readonly sheetId: string;
  readonly row: number;
  readonly column: number;
}

/** As much of the emulated Excel as calls need. */
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
  /** The evaluation that asked for it last. */
  askedIn: string;
}

interface CallingCell {
  readonly place: CellPlace;
  readonly calls: Map<string, Call>;
  evaluation: string;
  /** Whether this evaluation happens because an answer arrived: then what is known counts on. */
  answered: boolean;
}

/** An answered call as it is kept with the workbook. */
export interface KeptAnswer {
  readonly place: CellPlace;
  readonly functionId: string;
  readonly args: readonly Argument[];
  readonly cells: CellResult;
}

export interface Calls {
  /** The cells of a call for now. @param round tells two evaluations within one calculation apart */
  readonly evaluate: (
    place: CellPlace,
    entry: FunctionMetadata,
    args: readonly Argument[],
    round: number,
  ) => CellResult;
  /** The calculation is over: new calls go out in one message, those not asked for any more are cancelled. */
  readonly calculated: () => void;
  /** The cell has another content now. */
  readonly forget: (place: CellPlace) => void;
  /** What a cell's functions have answered. */
  readonly resultsOf: (place: CellPlace) => readonly CellResult[];
  /** The add-in's page has gone, or is there again: what was under way is asked again. */
  readonly restart: () => void;
  /** What a saved workbook holds: Excel saves the values of functions, and does not call them on opening. */
  readonly answers: () => KeptAnswer[];
}

/**
 * @param caller the Excel that calls now; undefined while the add-in's page is not loaded
 * @param arrived told of cells that have an answer, so that they are evaluated again
 * @param addressAt a cell's address with its sheet, which functions may ask to be told
 * @param kept answers that the opened workbook holds: they count until something else has the cell evaluated again
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
    // One office.js message answers many calls: their cells are marked together.
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
    // Excel would refuse the entry with a dialog; here the cell says why.
    call.state = "used";
    call.cells = [[{ error: "#VALUE!", message: `${error.message} ${error.hint}` }]];
  }
  return call;
}
