/**
 * Texts of the section Activity.
 * @module
 */
import type { ActivityNote, ActivityState, Operation } from "../../runtime/activity/activity-log.ts";
import type { CommandNote, CommandResult } from "../../runtime/command-outcome.ts";
import { readableTime } from "../common/times.ts";

const count = (number: number, single: string, many: string) =>
  `${number.toLocaleString()} ${number === 1 ? single : many}`;

const cells = (number: number) => count(number, "cell", "cells");

function convertedText({
  converted,
  tables,
}: {
  readonly converted: number;
  readonly tables: number;
}): string {
  const formulas = `${count(converted, "formula is a value", "formulas are values")} now.`;
  if (tables === 0) return formulas;
  const kept = `${count(tables, "table keeps its", "tables keep their")} rows and ${tables === 1 ? "is" : "are"} not refreshed any more.`;
  return converted === 0 ? kept : `${formulas} ${kept}`;
}

const refreshed = (number: number, tables: number) =>
  [number > 0 && cells(number), tables > 0 && count(tables, "table", "tables")].filter(Boolean).join(" and ");

/** @param ended undefined while the refresh is running */
function refreshText(
  did: { readonly cells: number; readonly tables: number },
  ended: CommandResult["ended"],
): string {
  if (!ended) return `Refreshing ${refreshed(did.cells, did.tables)}.`;
  const failed = Math.min(ended.failed, did.cells);
  const isOne = did.cells - failed + did.tables === 1;
  const done = refreshed(did.cells - failed, did.tables);
  return [
    failed > 0 && `${cells(failed)} failed: Activity says why.`,
    done !== "" && `${done} ${isOne ? "is" : "are"} up to date, as of ${readableTime(ended.since)}.`,
  ]
    .filter(Boolean)
    .join(" ");
}

export const activityTexts = {
  label: "Activity",
  heading: "Activity",
  emptyHeading: "No requests yet",
  empty:
    "This lists what your formulas request from Kalibrate: the number of rows, the time it took and the age of the data. If a formula fails, it says why and what to do.",
  emptySaved:
    "Cells show what was saved with the workbook. If you have just pressed Refresh, press it again: the first press may only have started the add-in.",
  emptyExample: "Type this into a cell to see it work:",
  dataAsOf: (time: string) => `Everything in this workbook was refreshed: ${time}.`,
  totals: (calls: number, saved: number) =>
    `${count(calls, "call", "calls")}, ${saved.toLocaleString()} saved: ${
      saved === 0 ? "equal formulas share one call." : "those cells shared a call or a cached answer."
    }`,
  operations: {
    query: "KAL.QUERY",
    lookup: "KAL.LOOKUP",
    "as-of": "KAL.ASOF",
    summary: "KAL.SUMMARY",
    market: "KAL.MARKET",
    fields: "KAL.FIELDS",
    collections: "KAL.COLLECTIONS",
    status: "KAL.STATUS",
    table: "Table",
  } satisfies Record<Operation, string>,
  commands: {
    refreshWorkbook: "Refresh",
    refreshSheet: "Refresh sheet",
    refreshSelection: "Refresh selection",
    retryFailed: "Try failed again",
    snapshotSheet: "Snapshot of the sheet",
    convertSelection: "Convert selection to values",
    convertSheet: "Convert sheet to values",
    convertWorkbook: "Convert workbook to values",
    togglePause: "Pause or resume",
    editFormula: "Edit in builder",
    showRecords: "Records behind this figure",
  } as Readonly<Record<string, string>>,
  commandTold: (command: string, what: string, next: string) => `${command}: ${what} ${next}`,
  commandNotes: {
    nothingSelected: {
      what: "No KAL formula in the selection.",
      next: "Select a cell with a KAL formula, or any cell that one fills.",
    },
    nothingOnSheet: {
      what: "No KAL formula on this sheet.",
      next: "Go to a sheet that has one, or type =KAL. into a cell.",
    },
    nothingInWorkbook: {
      what: "No KAL formula in this workbook.",
      next: "Type =KAL. into a cell, or choose Build in this pane.",
    },
    nothingFailed: { what: "Nothing has failed.", next: "For new data choose Refresh." },
    emptySheet: { what: "The sheet is empty.", next: "Go to a sheet that has something on it." },
    stillWaiting: {
      what: "Some values have not arrived on this sheet yet.",
      next: "Repeat this when they are there.",
    },
    noFigure: {
      what: "No figure that has records behind it is selected.",
      next: "Select a cell that a single KAL.LOOKUP, KAL.ASOF, KAL.SUMMARY or KAL.MARKET fills.",
    },
    calculatedArgument: {
      what: "The formula calculates one of its arguments.",
      next: "Put that argument into its own cell, refer to the cell, and try again.",
    },
    stillPaused: { what: "Data is paused, so nothing new was requested.", next: "Resume, and try again." },
    resumed: { what: "Data is no longer paused.", next: "Waiting cells are being refreshed." },
  } satisfies Record<CommandNote, { what: string; next: string }>,
  /** What was done, what was skipped, and why. */
  commandResult: ({
    did,
    ended,
    errors = 0,
    waiting = 0,
    narrow = 0,
    changed = 0,
    sheets = [],
    isManual,
  }: CommandResult) =>
    [
      "cells" in did
        ? refreshText(did, ended)
        : "snapshot" in did
          ? `The values are on the sheet “${did.snapshot}”.`
          : "records" in did
            ? `${count(did.records, "record is", "records are")} on the sheet “${did.sheet}”.`
            : convertedText(did),
      errors > 0 &&
        `Skipped: ${count(errors, "formula that shows", "formulas that show")} an error. Choose Try failed again, then convert.`,
      waiting > 0 &&
        `Skipped: ${count(waiting, "formula that still waits", "formulas that still wait")} for data. Convert when the values are there; if they do not come, refresh first.`,
      narrow > 0 &&
        `Skipped: ${count(narrow, "formula", "formulas")} with a column that shows ####. Make it wider, then convert.`,
      changed > 0 &&
        `Skipped: ${count(changed, "formula that was", "formulas that were")} changed or moved meanwhile. Convert again.`,
      sheets.length > 0 &&
        `Skipped: ${sheets.map((name) => `“${name}”`).join(", ")}, which Excel does not allow to be changed. Unprotect the sheet and repeat.`,
      isManual && "Excel calculates manually here: press F9 for formulas that depend on these cells.",
    ]
      .filter(Boolean)
      .join(" "),
  beforeCall: "Formulas",
  states: {
    running: "Running",
    waiting: "Waiting",
    done: "",
    failed: "Failed",
    cancelled: "Cancelled",
  } satisfies Record<ActivityState, string>,
  notes: {
    datesArePlain:
      "Dates are plain numbers here: with date formats the table would have been too large for one formula.",
  } satisfies Record<ActivityNote, string>,
  noteHints: {
    datesArePlain: "Format the columns as dates, or choose fewer fields or rows.",
  } satisfies Record<ActivityNote, string>,
  noMatch: "There is no such record, so these cells show #N/A.",
  noMatchHint:
    "That is correct if a site does not sell a product, for example. To show something else, put IFNA around the formula.",
  rows: (number: number) => count(number, "row", "rows"),
  values: (number: number) => count(number, "value", "values"),
  superseded: (number: number) =>
    `left out: ${count(number, "older version of a record", "older versions of records")}`,
  sent: (query: string) => `sent: ${query}`,
  shared: "shared with an equal request",
  filteredHere: (filters: string) => `filtered by KAL: ${filters}`,
  duration: (milliseconds: number) =>
    milliseconds < 1000
      ? `${Math.max(1, Math.round(milliseconds))} ms`
      : `${(milliseconds / 1000).toLocaleString(undefined, { maximumFractionDigits: 1 })} s`,
  live: "live",
  fromCache: (time: string) => `data as of ${time}`,
  asOf: (time: string) => `data as of ${time}`,
  select: (cell: string, number: number) =>
    number === 1 ? cell : `${cell} and ${count(number - 1, "more cell", "more cells")}`,
  cells,
  selectMeaning: "Selects these cells in Excel",
  selected: (number: number) => `Selected ${cells(number)}.`,
  notThere: "These cells are no longer there.",
  refused: (reason: string) => `Excel did not allow that: ${reason}`,
  retry: "Try failed again",
  retrying: "Trying again…",
  retried: "Everything that failed is being tried again.",
  copy: "Copy for support",
  copied: "Copied: versions, times, codes and request IDs; no data and no secrets.",
  clear: "Clear",
  cleared: "The list is empty now.",
  failed: (message: string) => `A formula failed. ${message}`,
} as const;
