/**
 * Cells in which a call failed in this runtime. What a cell shows does not tell: around the call there may be IFERROR,
 * and beside it another call that succeeded.
 * @module
 */
import { valuesKey } from "./values-key.ts";

/** Cells that are remembered: those of a full sheet column and more. */
const maxCells = 100_000;

/** Calls that are remembered of one cell: its arguments may change all day long, and fail each time. */
const maxCallsPerCell = 20;

export interface FailedCell {
  /** Calls that failed and have not succeeded since. */
  readonly calls: Set<number>;
  /** Whether the cell's latest call is one of them; if not, its formula may be another by now. */
  isLatest: boolean;
}

/**
 * The address is undefined where Excel does not tell it, as in some evaluation contexts. `given` are the call's
 * arguments by their names, which identify the function as well.
 */
export interface FailedCalls {
  readonly recordFailure: (address: string | undefined, given: object) => void;
  readonly recordSuccess: (address: string | undefined, given: object) => void;
  /** The call was cancelled: its cell was calculated again or deleted. */
  readonly recordGivenUp: (address: string | undefined, given: object) => void;
  /** Hands the cells over, by address (`Sheet1!B2`), and starts anew. */
  readonly take: () => ReadonlyMap<string, FailedCell>;
  /** Takes back cells that could not be calculated again. */
  readonly restore: (taken: ReadonlyMap<string, FailedCell>) => void;
}

export function createFailedCalls(): FailedCalls {
  const failed = new Map<string, FailedCell>();

  function forget(address: string | undefined, given: object): FailedCell | undefined {
    // Mostly nothing has failed, and thousands of cells pass here.
    if (failed.size === 0 || address === undefined) return undefined;
    const cell = failed.get(address);
    if (cell?.calls.delete(callOf(given)) && cell.calls.size === 0) failed.delete(address);
    return cell;
  }

  return {
    recordFailure(address, given) {
      if (address === undefined) return;
      const cell = failed.get(address) ?? { calls: new Set(), isLatest: true };
      cell.isLatest = true;
      cell.calls.add(callOf(given));
      const [oldest] = cell.calls;
      if (cell.calls.size > maxCallsPerCell && oldest !== undefined) cell.calls.delete(oldest);
      if (failed.size < maxCells) failed.set(address, cell);
    },
    recordSuccess(address, given) {
      const cell = forget(address, given);
      if (cell) cell.isLatest = false;
    },
    recordGivenUp: (address, given) => void forget(address, given),
    take() {
      const taken = new Map(failed);
      failed.clear();
      return taken;
    },
    restore(taken) {
      for (const [address, cell] of taken) if (!failed.has(address)) failed.set(address, cell);
    },
  };
}

/** A number in place of the arguments, which may be long. */
function callOf(given: object): number {
  const key = valuesKey(Object.entries(given));
  let call = 0;
  for (let at = 0; at < key.length; at += 1) call = (Math.imul(call, 31) + key.charCodeAt(at)) | 0;
  return call;
}
