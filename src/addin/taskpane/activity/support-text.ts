/**
 * A report for support as plain text: versions, times, codes and request ids. Contains no data and no requests,
 * because queries and messages may contain names, and no secrets.
 * @module
 */
import type { Activity, ActivityTotals } from "../../runtime/activity/activity-log.ts";

/** @param surroundings lines that describe Excel and its web view */
export function supportText(
  activities: readonly Activity[],
  { calls, saved }: ActivityTotals,
  surroundings: readonly string[],
  now = new Date(),
): string {
  return [
    `KAL activity, ${now.toISOString()}`,
    ...surroundings,
    `Calls: ${calls}, saved: ${saved}`,
    "",
    ...activities.map(lineOf),
    "",
  ].join("\n");
}

function lineOf({
  at,
  state,
  subject,
  command,
  duration,
  outcome,
  isFromCache,
  error,
  note,
  cells,
}: Activity) {
  return [
    new Date(at).toISOString(),
    subject ? `${subject.operation} ${subject.collection ?? ""}`.trim() : (command ?? "cells"),
    state,
    duration !== undefined && `${duration} ms`,
    outcome.rows !== undefined && `${outcome.rows} rows`,
    outcome.superseded !== undefined && `${outcome.superseded} superseded`,
    outcome.asOf !== undefined && `${isFromCache ? "kept" : "live"}, as of ${outcome.asOf}`,
    error && `${error.code}${error.requestId ? ` ${error.requestId}` : ""}`,
    note,
    cells > 0 && `${cells} cells`,
  ]
    .filter(Boolean)
    .join(" | ");
}
