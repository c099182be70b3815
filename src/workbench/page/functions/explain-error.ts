/**
 * Explains errors that no function has returned: why a formula shows #NAME? or #SPILL!.
 * @module
 */
import { didYouMean } from "../../../kalibrate/nearest.ts";

export const spillHint =
  "The table has no room: cells that it needs are filled, or the sheet ends. Clear them, or write the formula elsewhere.";

/**
 * @param shown the error in the cell
 * @param names of the add-in's functions as people write them: KAL.QUERY
 */
export function explainError(shown: string, formula: string, names: readonly string[]): string | undefined {
  if (shown === "#SPILL!") return spillHint;
  return shown === "#NAME?" ? explainUnknownName(formula, names) : undefined;
}

function explainUnknownName(formula: string, names: readonly string[]): string | undefined {
  const namespaces = new Set(names.map((name) => name.slice(0, name.indexOf(".") + 1)));
  // Removes texts in quotes.
  const code = formula.replaceAll(/"[^"]*"/g, "");
  const called = code.toUpperCase().match(/[A-Z_][\w.]*(?=\()/g) ?? [];
  const unknown = called.find(
    (word) => namespaces.has(word.slice(0, word.indexOf(".") + 1)) && !names.includes(word),
  );
  if (unknown !== undefined) {
    return `There is no function ${unknown}.${didYouMean(unknown, names)} There are ${names.join(", ")}.`;
  }
  const unprefixed = called.flatMap((word) => names.find((name) => name.endsWith(`.${word}`)) ?? []);
  if (unprefixed[0] !== undefined) return `Write ${unprefixed[0]}: the name begins with the add-in’s.`;
  // An argument that is a bare word and not a cell, as in KAL.QUERY(site).
  const bare = /[(,]\s*([A-Za-z_]{4,})\s*(?=[,)]|$)/.exec(code)?.[1];
  if (bare === undefined || /^(true|false)$/i.test(bare) || !called.some((word) => names.includes(word))) {
    return undefined;
  }
  return `Is “${bare}” a text? Texts stand in quotation marks: "${bare}".`;
}
