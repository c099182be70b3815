/**
 * State and actions of the section Activity.
 * @module
 */
import { runtime } from "../../addin.ts";
import { reactive } from "@microsoft/fast-element/state.js";
import type { Activity, ActivityTotals } from "../../runtime/activity/activity-log.ts";
import { selectCells } from "../../runtime/workbook/select-cells.ts";
import { announce } from "../common/announce.ts";
import { readableTime } from "../common/times.ts";
import { copyText } from "../common/copy-text.ts";
import { focusSoon } from "../common/focus.ts";
import { reasonOf } from "../common/reason-of.ts";
import { surroundings } from "../report/surroundings.ts";
import { activityTexts as texts } from "../texts/activity.ts";
import { texts as common } from "../texts/pane.ts";
import { createEntry, type Entry, updateEntry } from "./entry.ts";
import { supportText } from "./support-text.ts";

/** Ids on the page. */
export const headingId = "activity-heading";
export const retryId = "retry-failed";

export interface ActivityView {
  readonly isExcel: boolean;
  /** Newest first. The array and its entries are updated in place, so that the list does not flicker. */
  readonly entries: Entry[];
  count: number;
  totals: ActivityTotals;
  /** The time since which everything in the workbook is known to be refreshed; ISO date-time. */
  dataAsOf: string | undefined;
  hasFailures: boolean;
  isRetrying: boolean;
  /** Result of the last action. */
  outcome: string;
  readonly retry: () => Promise<void>;
  readonly copy: () => Promise<void>;
  readonly clear: () => void;
  readonly select: (entry: Entry) => Promise<void>;
}

export function createActivityView(isExcel: boolean): ActivityView {
  const say = (text: string) => {
    view.outcome = text;
    announce(text);
  };
  const view: ActivityView = reactive<ActivityView>({
    isExcel,
    entries: [],
    count: 0,
    totals: runtime.activity.totals(),
    dataAsOf: runtime.dataAsOf.time(),
    hasFailures: false,
    isRetrying: false,
    outcome: "",

    async retry() {
      if (view.isRetrying) return;
      view.isRetrying = true;
      try {
        const { cells, tables, done, outcome } = await runtime.retryFailed();
        const did = { cells, tables: tables.filter((table) => !("error" in table)).length };
        const { what, next } = texts.commandNotes.nothingFailed;
        const begun = cells + tables.length === 0 ? `${what} ${next}` : texts.retried;
        say(begun);
        void done.then(() => {
          if (view.outcome === texts.retried) say(texts.commandResult({ did, ended: outcome() }));
        });
      } catch (error) {
        say(texts.refused(reasonOf(error)));
      }
      view.isRetrying = false;
    },

    async copy() {
      const text = supportText(runtime.activity.list(), runtime.activity.totals(), surroundings());
      say((await copyText(text)) ? texts.copied : common.notCopied);
    },

    clear() {
      runtime.activity.clear();
      say(texts.cleared);
      // The pressed button disappears with the list.
      focusSoon(headingId);
    },

    async select({ activity: { addresses, cells } }) {
      try {
        say((await selectCells(addresses)) ? texts.selected(cells) : texts.notThere);
      } catch (error) {
        say(texts.refused(reasonOf(error)));
      }
    },
  });
  listInto(view.entries, runtime.activity.list());
  view.count = view.entries.length;
  view.hasFailures = runtime.hasFailed();
  return view;
}

/** Updates the list and announces new failures. */
export function follow(view: ActivityView): void {
  const before = new Set(view.entries.filter(({ state }) => state === "failed").map(({ id }) => id));
  const list = runtime.activity.list();
  listInto(view.entries, list);
  view.count = view.entries.length;
  view.totals = runtime.activity.totals();
  const hadFocus = document.activeElement?.id === retryId;
  view.hasFailures = runtime.hasFailed();
  // The pressed button has disappeared.
  if (hadFocus && !view.hasFailures) focusSoon(headingId);
  // A notice above reports refused commands.
  const failure = list.find(({ id, state, command }) => state === "failed" && !command && !before.has(id));
  if (failure?.error) announce(texts.failed(failure.error.message));
}

const writeTime = (iso: string) => readableTime(iso);

/** Updates `entries` to match the list; reuses existing entries in their new position. */
function listInto(entries: Entry[], list: readonly Activity[]): void {
  const ids = new Set(list.map(({ id }) => id));
  for (const entry of [...entries]) {
    if (!ids.has(entry.id)) entries.splice(entries.indexOf(entry), 1);
  }
  for (const [at, activity] of list.entries()) {
    const from = entries.findIndex(({ id }) => id === activity.id);
    const entry = entries[from] ?? createEntry(activity, writeTime);
    if (from !== at) {
      if (from >= 0) entries.splice(from, 1);
      entries.splice(at, 0, entry);
    }
    updateEntry(entry, activity, writeTime);
  }
}
