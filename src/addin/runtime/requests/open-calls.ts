/**
 * Calls of our functions that have not been answered yet, by the address of their cell.
 *
 * What a cell shows does not tell: it may keep its old value while a call runs (office-js 4152, 6930), and may stay
 * #BUSY! when none does any more (office-js 6662).
 * @module
 */

/** How many calls wait, by address; undefined where Excel does not tell it. */
const open = new Map<string | undefined, number>();

export function callBegins(address: string | undefined): void {
  open.set(address, (open.get(address) ?? 0) + 1);
}

export function callEnds(address: string | undefined): void {
  const count = (open.get(address) ?? 1) - 1;
  if (count > 0) open.set(address, count);
  else open.delete(address);
}

/** Addresses of cells with an open call. */
export function openAddresses(): string[] {
  return [...open.keys()].filter((address) => address !== undefined);
}

/** Whether calls are open whose cells are not known. */
export function hasOpenCallsElsewhere(): boolean {
  return open.has(undefined);
}
