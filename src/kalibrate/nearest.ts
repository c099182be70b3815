/**
 * “Did you mean …?”: the known name that a mistyped one is nearest to.
 * @module
 */
import { distance } from "fastest-levenshtein";

/** The nearest of `known` in any letter case, or undefined where nothing is near enough to be meant. */
function nearest(typed: string, known: Iterable<string>): string | undefined {
  const wanted = typed.toLowerCase();
  let best: string | undefined;
  // A third of the letters may be wrong: enough for typing slips, too little for another word.
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

/** Wrong, missing and added letters; two letters in the wrong order (`naem`) are one slip. */
function slips(typed: string, name: string): number {
  const away = distance(typed, name);
  return away === 2 && [...typed].sort().join("") === [...name].sort().join("") ? 1 : away;
}

/** ` Did you mean “name”?`, or nothing: to be put behind a message. */
export function didYouMean(typed: string, known: Iterable<string>): string {
  const name = nearest(typed, known);
  return name === undefined ? "" : ` Did you mean “${name}”?`;
}
