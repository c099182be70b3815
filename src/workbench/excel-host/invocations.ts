/**
 * Function calls in flight: from the message that asks office.js to make a call to the cells of its answer.
 * @module
 */
import { KalError } from "../../kalibrate/errors.ts";
import { didYouMean } from "../../kalibrate/nearest.ts";
import { type Argument, holdsDataTypes, parameterValues } from "./arguments.ts";
import type { HostBehaviours } from "./behaviours.ts";
import type { CellResult } from "./cells.ts";
import { cellsOfFailure, cellsOfValue, isCellError, withGenericErrors } from "./cells.ts";
import type { FunctionMetadata, FunctionsMetadata } from "./functions-metadata.ts";

export interface FunctionCall {
  /** Id in functions.json. */
  readonly functionId: string;
  readonly args: readonly Argument[];
  /** The calling cell, `Sheet1!B2`; passed only to functions that request it. */
  readonly address?: string;
  /**
   * The cells that each argument refers to; null for an argument that is no reference. Passed only to functions that
   * request it.
   */
  readonly argumentAddresses?: readonly (string | null)[];
}

export interface Invocation {
  readonly id: number;
  /** What the cells show now: #BUSY! until the answer arrives. */
  readonly cells: CellResult;
  /** The cells of the answer, including errors. Rejects only if the call is cancelled or the page closed. */
  readonly result: Promise<CellResult>;
}

/** A message to the page: category, type, target and JSON text. */
export type RichApiMessage = readonly [category: number, type: number, target: string, json: string];

const customFunctionCategory = 1;
const messageType = { invoke: 1000, cancel: 1001 };
/** Flags that office.js reads for a call. */
const flag = { cancelable: 1, dataTypes: 8 };

interface Pending {
  settle(cells: CellResult): void;
  fail(reason: Error): void;
}

export interface Invocations {
  readonly start: (call: FunctionCall) => Invocation;
  /** Starts them with one delivery to the page. */
  readonly startAll: (calls: readonly FunctionCall[]) => Invocation[];
  readonly cancel: (id: number) => void;
  /** Takes a result from office.js. Ignores an id without a pending call. */
  readonly settle: (id: number, succeeded: boolean, value: unknown, errorCode: number) => void;
  close(): void;
}

export interface InvocationOptions {
  readonly metadata: FunctionsMetadata;
  readonly behaviours: HostBehaviours;
  /** Whether this Excel accepts data types from functions. */
  readonly dataTypes: boolean;
  /** Sends messages to the page; all messages of one call must be in one delivery. */
  readonly send: (messages: readonly RichApiMessage[]) => void;
  readonly later: (task: () => void, ms: number) => void;
}

/** Delay before a late answer is shown. Milliseconds. */
const lateness = 300;

export function createInvocations(options: InvocationOptions): Invocations {
  const { metadata, behaviours, dataTypes, send, later } = options;
  const passesDataTypes = dataTypes && metadata.allowCustomDataForDataTypeAny === true;
  const functions = new Map(metadata.functions.map((entry) => [entry.id, entry]));
  const pending = new Map<number, Pending>();
  let lastId = 0;
  let answers = 0;

  function find(id: string): FunctionMetadata {
    const found = functions.get(id);
    if (!found) {
      throw new KalError("KAL_ARGUMENT_INVALID", {
        message: `functions.json has no function ${id}.${didYouMean(id, functions.keys())}`,
        hint: `There are: ${[...functions.keys()].join(", ")}.`,
      });
    }
    if (found.options?.stream) throw new Error(`${id} is a streaming function; streaming is not emulated.`);
    return found;
  }

  function track(id: number, known: CellResult | undefined): Invocation {
    let cells: CellResult = known ?? [[{ error: "#BUSY!" }]];
    const result = new Promise<CellResult>((resolve, reject) => {
      if (known) resolve(known);
      else {
        pending.set(id, {
          settle: (answer) => {
            cells = answer;
            resolve(answer);
          },
          fail: reject,
        });
      }
    });
    // Prevents an unhandled rejection of a cancelled call.
    result.catch(() => undefined);
    return {
      id,
      result,
      get cells() {
        return cells;
      },
    };
  }

  function fail(id: number, reason: string): boolean {
    const call = pending.get(id);
    pending.delete(id);
    call?.fail(new Error(reason));
    return call !== undefined;
  }

  function show(id: number, cells: CellResult): void {
    const call = pending.get(id);
    pending.delete(id);
    call?.settle(behaviours.errorText === "generic" ? withGenericErrors(cells) : cells);
  }

  /** A call whose arguments are known to suit; its message goes to the others of one delivery. */
  function prepare(call: FunctionCall): (messages: RichApiMessage[]) => Invocation {
    if (behaviours.functions === "missing") return () => track(++lastId, [[{ error: "#NAME?" }]]);
    const entry = find(call.functionId);
    const values = parameterValues(entry, call.args, { ...behaviours, dataTypes: passesDataTypes });
    return (messages) => {
      const id = ++lastId;
      if (isCellError(values)) return track(id, [[values]]);
      const address = entry.options?.requiresAddress ? (call.address ?? null) : null;
      const flags =
        (entry.options?.cancelable ? flag.cancelable : 0) | (holdsDataTypes(values) ? flag.dataTypes : 0);
      const addresses = entry.options?.requiresParameterAddresses ? call.argumentAddresses : undefined;
      const message = [id, entry.id, values, address, flags, ...(addresses ? [addresses] : [])];
      messages.push([customFunctionCategory, messageType.invoke, "", JSON.stringify(message)]);
      return track(id, undefined);
    };
  }

  function deliver<Started>(start: (messages: RichApiMessage[]) => Started): Started {
    const messages: RichApiMessage[] = [];
    const started = start(messages);
    if (messages.length > 0) send(messages);
    return started;
  }

  return {
    start: (call) => deliver(prepare(call)),
    startAll(calls) {
      const prepared = calls.map(prepare);
      return deliver((messages) => prepared.map((start) => start(messages)));
    },
    cancel(id) {
      if (!fail(id, "The call was cancelled.")) return;
      send([[customFunctionCategory, messageType.cancel, "", JSON.stringify({ invocationId: id })]]);
    },
    settle(id, succeeded, value, errorCode) {
      // A cancelled function's promise is still answered: office.js drops late values of streaming functions only.
      const cells = succeeded
        ? cellsOfValue(value, dataTypes, behaviours.errorsInMatrix)
        : cellsOfFailure(errorCode, value);
      answers++;
      if (behaviours.answers === "lost" && answers % 3 === 0) return;
      if (behaviours.answers === "late") later(() => show(id, cells), lateness);
      else show(id, cells);
    },
    close() {
      for (const id of [...pending.keys()]) fail(id, "The add-in's page was closed.");
    },
  };
}
