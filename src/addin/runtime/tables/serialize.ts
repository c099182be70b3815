/**
 * Tables are written one after the other: a table that grows beside another must see it as it is.
 * @module
 */

let turn: Promise<unknown> = Promise.resolve();

/** Runs the work once all that came before is over, whatever became of it. */
export function serialize<Result>(work: () => Promise<Result>): Promise<Result> {
  const mine = turn.then(work);
  turn = mine.catch(() => undefined);
  return mine;
}
