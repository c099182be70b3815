/**
 * “Did you mean …?”: finds the known name nearest to a mistyped one.
 * @module
 */
import { distance } from "fastest-levenshtein";

/** The nearest of `known`, ignoring letter case; undefined if none is near enough. */
function nearest(typed: string, known: Iterable<string>): string | undefined {
  const wanted = typed.toLowerCase();
  let best: string | undefined;
  // Allow a third of the letters to be wrong: enough for typing errors, too little to match another word.
  let bestDistance = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const name of known) {
    const away = slips(wanted, name.toLowerCase());
    if (away < bestDistance) {
      best = name;
      bestDistance = away;
    }
  }
  return best;
}

/** Number of wrong, missing and added letters. Two swapped letters (`naem`) count as one error. */
function slips(typed: string, name: string): number {
  const away = distance(typed, name);
  return away === 2 && [...typed].sort().join("") === [...name].sort().join("") ? 1 : away;
}

/** ` Did you mean “name”?`, to append to a message; empty if no name is near enough. */
export function didYouMean(typed: string, known: Iterable<string>): string {
  const name = nearest(typed, known);
  return name === undefined ? "" : ` Did you mean “${name}”?`;
}
