/**
 * Large results one after another: two of them in one delivery exceed what Excel on the web takes (5 MB), and where
 * office.js does not split them neither ever arrives.
 * @module
 */

/** From this size on a result is delivered alone. */
const minLargeChars = 500_000;

/** office.js delivers every 200 to 500 ms, longer after a large result; after this time it is on its way. */
const spacingMs = 1000;

/** Passes a result on at once, or, where it is large, when no other large one is being delivered. */
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
