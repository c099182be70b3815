/**
 * A group or a figure of KAL.SUMMARY while it is edited: `day(effectiveTime)`, `avg(price)`.
 * @module
 */
import { reactive } from "@microsoft/fast-element/state.js";

export interface Term {
  /** For ids on the page. */
  readonly id: number;
  /** As in the formula; its field may still be missing. */
  text: string;
}

/** A term taken apart; `call` is "" for a field alone. */
export interface TermParts {
  readonly call: string;
  readonly field: string;
}

let terms = 0;

export function createTerm(text: string): Term {
  terms += 1;
  return reactive<Term>({ id: terms, text });
}

export function readTerm(text: string): TermParts {
  const [, call = "", field = ""] = /^(\p{L}[\p{L}\p{Nd}_]*)\s*\((.*)\)$/su.exec(text.trim()) ?? [];
  if (call !== "") return { call: call.toLowerCase(), field: field.trim() };
  const isCount = text.trim().toLowerCase() === "count";
  return isCount ? { call: "count", field: "" } : { call: "", field: text.trim() };
}

export function writeTerm({ call, field }: TermParts): string {
  return call === "" || (call === "count" && field === "") ? call + field : `${call}(${field})`;
}

/** Whether nothing is missing. */
export function isWhole({ text }: Term): boolean {
  const { call, field } = readTerm(text);
  return field !== "" || call === "count";
}

/** The figure that people most likely want. The average of prices is one over time, as records are changes. */
const likely: ReadonlyMap<string, string> = new Map([
  ["price", "timeavg(price)"],
  ["product", "avg(currentPrice)"],
  ["volume", "sum(volume)"],
]);

export const defaultMeasure = (collection: string): string => likely.get(collection) ?? "count";
