/**
 * The notice that data is paused, with the number of waiting cells and the button to resume. Shown above every
 * section.
 * @module
 */
import { runtime } from "../../addin.ts";
import { Updates } from "@microsoft/fast-element";
import { reactive } from "@microsoft/fast-element/state.js";
import { asRefusal } from "../../runtime/workbook/excel-refusal.ts";
import { announce } from "../common/announce.ts";
import { focusSoon } from "../common/focus.ts";
import { texts } from "../texts/pane.ts";
import { say, unsay } from "./notices.ts";
import { untilChanged } from "./until-changed.ts";

export interface PauseNotice {
  isPaused: boolean;
  /** Number of cells without an answer. */
  waiting: number;
  readonly resume: () => Promise<void>;
}

let notice: PauseNotice | undefined;

/** The pane's only pause notice, kept up to date from now on. */
export function followPause(): PauseNotice {
  if (notice) return notice;
  const view = (notice = reactive<PauseNotice>({
    isPaused: runtime.pause.isPaused(),
    waiting: waitingCells(),

    async resume() {
      // The button disappears with the notice.
      focusSoon("main");
      try {
        await runtime.pause.resume();
        say(texts.pause.resumed);
        untilChanged(() => unsay(texts.pause.resumed));
      } catch (error) {
        const { message, hint } = asRefusal(error);
        say(`${message} ${hint}`);
      }
    },
  }));
  runtime.pause.onChange(() => {
    view.isPaused = runtime.pause.isPaused();
    view.waiting = waitingCells();
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
  return runtime.activity.list().find(({ state }) => state === "waiting")?.cells ?? 0;
}
