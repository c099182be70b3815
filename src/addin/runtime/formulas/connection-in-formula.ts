/**
 * The connections that a formula names: `"production:price"` as a collection, or as the connection of KAL.STATUS.
 * @module
 */
import { isSameConnection } from "../../../kalibrate/connection-name.ts";
import { type FunctionCall, findCalls } from "./find-calls.ts";
import { readLiteral, writeText } from "./literals.ts";

/** Which argument holds the connection, from 0; in the others it stands before the collection. */
const ownArgument: Readonly<Record<string, number>> = { STATUS: 1, MARKET: 4 };

/** Excel may put a prefix of its own before our namespace (office-js 2051). */
const ourFunction = /^(?:_xldudf_)?KAL[._]([A-Z]+)$/i;

/**
 * A formula with one connection in place of another.
 * @param from compared without letter case, as everywhere
 * @returns the formula unchanged where it does not name that connection. What Excel calculates (a cell's reference) is
 * not looked into.
 */
export function replaceConnection(formula: string, from: string, to: string): string {
  let replaced = formula;
  // From the end, so that the places of the others stay.
  const changes = findCalls(formula)
    .flatMap((call) => changeIn(formula, call, from, to) ?? [])
    .sort((a, b) => b.start - a.start);
  for (const { start, end, text } of changes) {
    replaced = replaced.slice(0, start) + text + replaced.slice(end);
  }
  return replaced;
}

function changeIn(formula: string, { name, args }: FunctionCall, from: string, to: string) {
  const [, ours] = ourFunction.exec(name) ?? [];
  if (ours === undefined) return undefined;
  const own = ownArgument[ours.toUpperCase()];
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
