/**
 * Large results one after another: two of them in one delivery exceed what Excel on the web takes (5 MB), and where
 * office.js does not split them neither ever arrives.
 * @module
 */

/** From here on a result travels alone. JSON characters. */
const large = 500_000;

/** office.js delivers every 200 to 500 ms, longer after a large one; within this a result is on its way. Milliseconds. */
const spacing = 1000;

let turn: Promise<void> = Promise.resolve();

/** The result, as soon as no other large one is being delivered. */
export function inTurn<Result>(result: Result, characters: number): Result | Promise<Result> {
  if (characters < large) return result;
  const mine = turn;
  turn = mine.then(() => new Promise((resolve) => setTimeout(resolve, spacing)));
  return mine.then(() => result);
}
