/**
 * Records the cells in which a call failed. A cell's value does not show this: IFERROR may hide the error, or another
 * call in the same formula may have succeeded.
 * @module
 */
import { valuesKey } from "./values-key.ts";

/** Maximum number of cells we track; beyond it the rest are not retried. */
const maxCells = 100_000;

/** Failed calls recorded per cell: its arguments may change all day and fail each time. */
const maxCallsPerCell = 20;

export interface FailedCell {
  /** Calls that failed and have not succeeded since. */
  readonly calls: Set<number>;
  /** Whether the cell's latest call failed; if not, its formula may have changed since. */
  isLatest: boolean;
}

/**
 * The address is undefined if Excel does not provide it, as in some evaluation contexts. `given` are the call's
 * arguments by name, which also identify the function.
 */
export interface FailedCalls {
  readonly recordFailure: (address: string | undefined, given: object) => void;
  readonly recordSuccess: (address: string | undefined, given: object) => void;
  /** The call was cancelled: its cell was calculated again or deleted. */
  readonly recordGivenUp: (address: string | undefined, given: object) => void;
  readonly areAny: () => boolean;
  /** Returns the cells by address (`Sheet1!B2`) and clears the record. */
  readonly take: () => ReadonlyMap<string, FailedCell>;
  /** Adds cells that could not be recalculated back to the record. */
  readonly restore: (taken: ReadonlyMap<string, FailedCell>) => void;
}

export function createFailedCalls(): FailedCalls {
  const failed = new Map<string, FailedCell>();

  function forget(address: string | undefined, given: object): FailedCell | undefined {
    // Fast path: usually nothing has failed, and thousands of cells call this.
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
    areAny: () => failed.size > 0,
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

/** A hash of the arguments, which may be long. */
function callOf(given: object): number {
  const key = valuesKey(Object.entries(given));
  let call = 0;
  for (let at = 0; at < key.length; at += 1) call = (Math.imul(call, 31) + key.charCodeAt(at)) | 0;
  return call;
}
