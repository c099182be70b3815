/** Runs the work after all earlier work has finished or failed. */
export type Serialize = <Result>(work: () => Promise<Result>) => Promise<Result>;

/** Tables are written one at a time: a table that grows must see the final size of the table beside it. */
export function createSerialize(): Serialize {
  let turn: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = turn.then(work);
    turn = mine.catch(() => undefined);
    return mine;
  };
}
