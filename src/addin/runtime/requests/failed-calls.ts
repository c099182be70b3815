/**
 * Cells whose call failed in this runtime. What a cell shows does not tell: around the call there may be IFERROR.
 * @module
 */

/** Cells that are remembered: those of a full sheet column and more. */
const mostCells = 100_000;

/** By address, `Sheet1!B2`. */
const failed = new Set<string>();

/** @param address undefined where Excel does not tell it, as in some evaluation contexts. */
export function recordFailure(address: string | undefined): void {
  if (address !== undefined && failed.size < mostCells) failed.add(address);
}

export function recordSuccess(address: string | undefined): void {
  if (address !== undefined && failed.size > 0) failed.delete(address);
}

/** Hands the addresses over, and starts anew. */
export function takeFailedCells(): string[] {
  const addresses = [...failed];
  failed.clear();
  return addresses;
}
