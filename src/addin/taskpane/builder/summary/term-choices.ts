/**
 * Actions on the groups and figures of a summary.
 * @module
 */
import { bucketNames } from "../../../../kalibrate/summary/buckets.ts";
import { measureNames } from "../../../../kalibrate/summary/expressions.ts";
import { isDateProperty } from "../../../../kalibrate/query/date-properties.ts";
import { announce } from "../../common/announce.ts";
import { focusSoon } from "../../common/focus.ts";
import { summaryTexts as words } from "../../texts/summary.ts";
import type { Builder } from "../builder.ts";
import { typeOfProperty } from "../properties.ts";
import { createTerm, defaultMeasure, readTerm, type Term, type TermParts, writeTerm } from "./terms.ts";

/** The arguments that are lists of terms. */
export type TermsName = "by" | "measures";

export const addTermId = (name: TermsName) => `add-${name}`;
export const termId = ({ id }: Term) => `term-${id}`;

export function addTerm(builder: Builder, name: TermsName): void {
  const { draft } = builder;
  const isFirst = draft.measures.length === 0;
  const term = createTerm(name === "by" ? "" : isFirst ? "count" : defaultMeasure(draft.collection));
  draft[name] = [...draft[name], term];
  builder.changed();
  focusSoon(termId(term));
}

export function removeTerm(builder: Builder, name: TermsName, term: Term): void {
  builder.draft[name] = builder.draft[name].filter((other) => other !== term);
  builder.changed();
  announce(words.removed);
  focusSoon(addTermId(name));
}

export function changeTerm(builder: Builder, term: Term, change: Partial<TermParts>): void {
  term.text = writeTerm({ ...readTerm(term.text), ...change });
  builder.changed();
}

/** Times are grouped by days at first. */
export function chooseGroup(builder: Builder, term: Term, field: string): void {
  changeTerm(builder, term, { field, call: isTime(builder, field) ? "day" : "" });
}

export function isTime(builder: Builder, field: string): boolean {
  const type = typeOfProperty(builder, field);
  return type === undefined ? isDateProperty(field) : type === "date" || type === "datetime";
}

/** Keeps the field where it fits. */
export function chooseMeasure(builder: Builder, term: Term, call: string): void {
  const { field } = readTerm(term.text);
  const fits = !needsNumbers(call) || typeOfProperty(builder, field) === "number";
  changeTerm(builder, term, { call, field: call !== "count" && fits ? field : "" });
}

const ofNumbers: ReadonlySet<string> = new Set(["sum", "avg", "median", "timeavg"]);
export const needsNumbers = (call: string) => ofNumbers.has(call);

export const buckets = ["", ...bucketNames] as const;
export const measures = measureNames;
