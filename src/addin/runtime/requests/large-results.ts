/**
 * Delivers large results one at a time: two in one delivery exceed the limit of Excel on the web (5 MB), and if
 * office.js does not split them, neither arrives.
 * @module
 */

/** A result of at least this size is delivered alone. */
const minLargeChars = 500_000;

/** office.js delivers every 200 to 500 ms, later after a large result; after this time the result has been sent. */
const spacingMs = 1000;

/** Returns a small result at once, a large one when no other large one is being delivered. */
export type DeliverResult = <Result>(result: Result, characters: number) => Result | Promise<Result>;

export function createDelivery(): DeliverResult {
  let turn: Promise<void> = Promise.resolve();
  return (result, characters) => {
    if (characters < minLargeChars) return result;
    const mine = turn;
    turn = mine.then(() => new Promise((resolve) => setTimeout(resolve, spacingMs)));
    return mine.then(() => result);
  };
}
