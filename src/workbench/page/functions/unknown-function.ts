/**
 * Why a formula shows #NAME?, where it asks the add-in for a function that it does not have.
 * @module
 */
import { didYouMean } from "../../../kalibrate/nearest.ts";

/** @param names of the add-in's functions as people write them: KAL.QUERY */
export function explainUnknownFunction(formula: string, names: readonly string[]): string | undefined {
  const namespaces = new Set(names.map((name) => name.slice(0, name.indexOf(".") + 1)));
  // What stands between quotes is text.
  const words =
    formula
      .replaceAll(/"[^"]*"/g, "")
      .toUpperCase()
      .match(/[A-Z_][\w.]*(?=\()/g) ?? [];
  const unknown = words.find(
    (word) => namespaces.has(word.slice(0, word.indexOf(".") + 1)) && !names.includes(word),
  );
  if (unknown === undefined) return undefined;
  return `There is no function ${unknown}.${didYouMean(unknown, names)} There are ${names.join(", ")}.`;
}
