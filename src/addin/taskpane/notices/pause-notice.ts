/**
 * That data is paused, and how many cells wait: said above every section, with the way back.
 * @module
 */
import { runtime } from "../../addin.ts";
import { Updates } from "@microsoft/fast-element";
import { reactive } from "@microsoft/fast-element/state.js";
import { asRefusal } from "../../runtime/workbook/excel-refusal.ts";
import { announce } from "../common/announce.ts";
import { focusSoon } from "../common/focus.ts";
import { texts } from "../texts/pane.ts";
import { say } from "./notices.ts";

export interface PauseNotice {
  isPaused: boolean;
  /** Cells that nobody could answer. */
  waiting: number;
  readonly resume: () => Promise<void>;
}

let notice: PauseNotice | undefined;

/** What waited during an earlier pause waits no longer. Milliseconds by the steady clock. */
let pausedAt = 0;

/** The one notice of the pane, kept up from now on. */
export function followPause(): PauseNotice {
  if (notice) return notice;
  const view = (notice = reactive<PauseNotice>({
    isPaused: runtime.pause.isPaused(),
    waiting: waitingCells(),

    async resume() {
      // The button goes with the notice.
      focusSoon("main");
      try {
        await runtime.pause.resume();
        say(texts.pause.resumed);
      } catch (error) {
        const { message, hint } = asRefusal(error);
        say(`${message} ${hint}`);
      }
    },
  }));
  runtime.pause.onChange(() => {
    view.isPaused = runtime.pause.isPaused();
    view.waiting = 0;
    pausedAt = runtime.steadyTime();
    if (view.isPaused) announce(texts.pause.announcement);
  });
  let isDue = false;
  runtime.activity.onChange(() => {
    if (isDue || !view.isPaused) return;
    isDue = true;
    Updates.enqueue(() => {
      isDue = false;
      view.waiting = waitingCells();
    });
  });
  return view;
}

function waitingCells(): number {
  const waits = runtime.activity.list().find(({ error }) => error?.code === "KAL_PAUSED");
  return waits && waits.steadyAt >= pausedAt ? waits.cells : 0;
}
