/**
 * Reads and replaces connections in a formula: `"production:price"` as a collection, or the connection argument of
 * KAL.STATUS.
 * @module
 */
import { isSameConnection } from "../../../kalibrate/connection-name.ts";
import { type FunctionCall, findCalls } from "./find-calls.ts";
import { readLiteral, writeText } from "./literals.ts";
import { ownFunctionOf } from "./namespace.ts";

/** Index of the argument that holds the connection; in other functions it is a prefix of the collection. */
const ownArgument: Readonly<Record<string, number>> = { STATUS: 1, MARKET: 4 };

/**
 * Replaces one connection by another in a formula.
 * @param from compared without letter case, as everywhere
 * @returns the formula, unchanged if it does not name that connection. Calculated arguments (such as a cell reference)
 * are not followed.
 */
export function replaceConnection(formula: string, from: string, to: string): string {
  let replaced = formula;
  // Starts at the end, so that the earlier positions stay valid.
  const changes = findCalls(formula)
    .flatMap((call) => changeIn(formula, call, from, to) ?? [])
    .sort((a, b) => b.start - a.start);
  for (const { start, end, text } of changes) {
    replaced = replaced.slice(0, start) + text + replaced.slice(end);
  }
  return replaced;
}

function changeIn(formula: string, { name, args }: FunctionCall, from: string, to: string) {
  const ours = ownFunctionOf(name);
  if (ours === undefined) return undefined;
  const own = ownArgument[ours];
  const span = args[own ?? 0];
  if (!span) return undefined;
  const written = formula.slice(span.start, span.end);
  const value = readLiteral(written);
  if (typeof value !== "string") return undefined;
  const next = own === undefined ? inCollection(value, from, to) : isSame(value, from) ? to : undefined;
  if (next === undefined) return undefined;
  const [before = "", , after = ""] = /^(\s*)(.*?)(\s*)$/s.exec(written)?.slice(1) ?? [];
  return { ...span, text: before + writeText(next) + after };
}

function inCollection(value: string, from: string, to: string): string | undefined {
  const colon = value.indexOf(":");
  return colon >= 0 && isSame(value.slice(0, colon), from) ? to + value.slice(colon) : undefined;
}

function isSame(written: string, name: string): boolean {
  return isSameConnection(written.trim(), name);
}
