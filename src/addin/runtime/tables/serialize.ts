/** Runs the work once all earlier work is over, whether it failed or not. */
export type Serialize = <Result>(work: () => Promise<Result>) => Promise<Result>;

/** Tables are written one after the other: a table that grows beside another must see it as it is. */
export function createSerialize(): Serialize {
  let turn: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = turn.then(work);
    turn = mine.catch(() => undefined);
    return mine;
  };
}
