/**
 * New data as soon as the workbook is opened, where its people want that; otherwise its saved values stay.
 * @module
 */
import { createEmitter } from "../emitter.ts";
import type { Session } from "../session/session.ts";
import type { Agreement } from "./agreements.ts";
import type { Refresh } from "./refresh.ts";
import type { WorkbookSettings } from "./workbook-settings.ts";

export interface RefreshOnOpen {
  /**
   * Refreshes once, as soon as there is a connection: without one the saved values would give way to errors. Where
   * nobody on this computer has agreed yet, the pane opens and asks.
   */
  readonly start: () => void;
  /** Label of the connection that the workbook wants to refresh with; undefined where there is nothing to answer. */
  readonly question: () => string | undefined;
  /** Calls back when there is something to answer, and when it was answered. @returns a function that ends it */
  readonly onQuestion: (listener: () => void) => () => void;
  /** Takes the person's answer; a refusal holds until the workbook is opened again. */
  readonly answer: (isAllowed: boolean) => void;
  /**
   * Switches it on or off for this workbook. The runtime must be there to refresh, so opening the workbook then starts
   * it; that is asked of Excel for these workbooks alone, as people without the add-in get a notice (office-js 1542).
   * @throws OfficeExtension.Error when Excel refuses.
   */
  readonly choose: (isOn: boolean) => Promise<void>;
}

export function createRefreshOnOpen(
  session: Session,
  settings: WorkbookSettings,
  agreement: Agreement,
  { refresh }: Refresh,
): RefreshOnOpen {
  const questions = createEmitter();
  /** The connection that the workbook wants to refresh with, while nobody has answered. */
  let asked: string | undefined;

  function begin(): void {
    if (agreement.isGiven()) return refreshUnasked();
    ask(session.current()?.label);
    // Where Excel refuses, the question is there when the pane is opened.
    void Office.addin?.showAsTaskpane?.().catch(() => undefined);
  }

  /** Nobody pressed anything, so a refusal of Excel's is not shown. */
  function refreshUnasked(): void {
    void refresh("workbook").catch(() => undefined);
  }

  function ask(connection: string | undefined): void {
    asked = connection;
    questions.emit();
  }

  return {
    start() {
      if (!settings.refreshesOnOpen()) return;
      if (session.current()) return begin();
      const stop = session.onChange(() => {
        if (!session.current()) return;
        stop();
        begin();
      });
    },
    question: () => asked,
    onQuestion: questions.on,
    answer(isAllowed) {
      if (asked === undefined) return;
      ask(undefined);
      if (!isAllowed) return;
      agreement.remember(true);
      refreshUnasked();
    },
    async choose(isOn) {
      const { load, none } = Office.StartupBehavior;
      await Office.addin.setStartupBehavior(isOn ? load : none);
      settings.rememberRefreshOnOpen(isOn);
      agreement.remember(isOn);
    },
  };
}
