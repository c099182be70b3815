/**
 * Cells in which a call failed in this runtime. What a cell shows does not tell: around the call there may be IFERROR,
 * and beside it another call that went well.
 * @module
 */
import { valuesKey } from "./values-key.ts";

/** Cells that are remembered: those of a full sheet column and more. */
const maxCells = 100_000;

/** Calls that are remembered of one cell: its arguments may change all day long, and fail each time. */
const maxCallsPerCell = 20;

export interface FailedCell {
  /** What was asked in vain, and has not been answered since. */
  readonly calls: Set<number>;
  /** Whether the cell's latest call is one of them; if not, its formula may be another by now. */
  isLatest: boolean;
}

/** By address, `Sheet1!B2`. */
const failed = new Map<string, FailedCell>();

/**
 * @param address undefined where Excel does not tell it, as in some evaluation contexts
 * @param given the call's arguments by their names, which tell the function as well
 */
export function recordFailure(address: string | undefined, given: object): void {
  if (address === undefined) return;
  const cell = failed.get(address) ?? { calls: new Set(), isLatest: true };
  cell.isLatest = true;
  cell.calls.add(callOf(given));
  if (cell.calls.size > maxCallsPerCell) cell.calls.delete(cell.calls.values().next().value!);
  if (failed.size < maxCells) failed.set(address, cell);
}

export function recordSuccess(address: string | undefined, given: object): void {
  const cell = forget(address, given);
  if (cell) cell.isLatest = false;
}

/** The call is not wanted any more: the cell is calculated anew, or gone. */
export function recordGivenUp(address: string | undefined, given: object): void {
  forget(address, given);
}

function forget(address: string | undefined, given: object): FailedCell | undefined {
  // Mostly nothing has failed, and thousands of cells pass here.
  const cell = failed.size > 0 && address !== undefined ? failed.get(address) : undefined;
  if (cell?.calls.delete(callOf(given)) && cell.calls.size === 0) failed.delete(address!);
  return cell;
}

/** A number in place of the arguments, which may be long. */
function callOf(given: object): number {
  const key = valuesKey(Object.entries(given));
  let call = 0;
  for (let at = 0; at < key.length; at += 1) call = (Math.imul(call, 31) + key.charCodeAt(at)) | 0;
  return call;
}

/** Hands the cells over, by address, and starts anew. */
export function takeFailedCells(): ReadonlyMap<string, FailedCell> {
  const taken = new Map(failed);
  failed.clear();
  return taken;
}

/** Takes back those that nothing could be done about. */
export function restoreFailedCells(taken: ReadonlyMap<string, FailedCell>): void {
  for (const [address, cell] of taken) if (!failed.has(address)) failed.set(address, cell);
}
