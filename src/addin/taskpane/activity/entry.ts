/**
 * One entry of the list: an activity's texts, updated while the activity changes.
 * @module
 */
import { reactive } from "@microsoft/fast-element/state.js";
import type { KalError } from "../../../kalibrate/errors.ts";
import type { Activity, ActivityState } from "../../runtime/activity/activity-log.ts";
import { activityTexts as texts } from "../texts/activity.ts";

/** Formats a time for people. */
export type WriteTime = (iso: string) => string;

export interface Entry {
  readonly id: number;
  title: string;
  time: string;
  state: ActivityState;
  /** Rows, duration and the time of the data. */
  facts: string;
  query: string;
  error: KalError | undefined;
  note: string | undefined;
  hint: string | undefined;
  /** Label of the button that selects the cells; undefined if no address is known. */
  select: string | undefined;
  /** Number of cells, if Excel gives no addresses. */
  cells: string | undefined;
  activity: Activity;
}

export function createEntry(activity: Activity, writeTime: WriteTime): Entry {
  return reactive<Entry>({ id: activity.id, ...readingOf(activity, writeTime) });
}

/** Assigns only what has changed, so that nothing else is rendered again. */
export function updateEntry(entry: Entry, activity: Activity, writeTime: WriteTime): void {
  const reading = readingOf(activity, writeTime);
  for (const name of Object.keys(reading) as (keyof typeof reading)[]) {
    if (entry[name] !== reading[name]) Object.assign(entry, { [name]: reading[name] });
  }
}

function readingOf(activity: Activity, writeTime: WriteTime): Omit<Entry, "id"> {
  const { subject, command, state, error, note, at, addresses, cells } = activity;
  const [first] = addresses;
  // “No match” is an answer, not a failure.
  const isMiss = state === "done" && error !== undefined;
  const isWaiting = state === "waiting";
  return {
    title: titleOf(activity),
    time: writeTime(new Date(at).toISOString()),
    state,
    facts: factsOf(activity, writeTime),
    query: subject?.query ?? "",
    error: state === "failed" ? error : undefined,
    note: isMiss ? texts.noMatch : isWaiting ? error?.message : note && texts.notes[note],
    hint: isMiss ? texts.noMatchHint : (error?.hint ?? (note && texts.noteHints[note])),
    select: first === undefined || command !== undefined ? undefined : texts.select(first, cells),
    cells: first === undefined && cells > 0 ? texts.cells(cells) : undefined,
    activity,
  };
}

function titleOf({ subject, command }: Activity): string {
  if (subject) return [texts.operations[subject.operation], subject.collection].filter(Boolean).join(" ");
  if (command !== undefined) return texts.commands[command] ?? command;
  return texts.beforeCall;
}

function factsOf({ subject, state, duration, outcome, isFromCache }: Activity, writeTime: WriteTime): string {
  if (!subject) return "";
  const { rows, asOf, superseded = 0, sent, filteredHere, shared } = outcome;
  const size = subject.operation === "lookup" || subject.operation === "as-of" ? texts.values : texts.rows;
  const source = isFromCache && asOf !== undefined ? texts.fromCache(writeTime(asOf)) : texts.live;
  return [
    subject.connection,
    rows !== undefined && size(rows),
    superseded > 0 && texts.superseded(superseded),
    sent !== undefined && texts.sent(sent),
    filteredHere !== undefined && texts.filteredHere(filteredHere),
    shared !== undefined && texts.shared,
    duration !== undefined && texts.duration(duration),
    state === "done" && source,
  ]
    .filter(Boolean)
    .join(" · ");
}
