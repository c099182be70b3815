/**
 * Refreshes a workbook when it is opened, if it is set to; otherwise its saved values stay.
 * @module
 */
import { createEmitter } from "../emitter.ts";
import type { Session } from "../session/session.ts";
import type { Agreement } from "./agreements.ts";
import type { Refresh } from "./refresh.ts";
import type { WorkbookSettings } from "./workbook-settings.ts";

export interface RefreshOnOpen {
  /**
   * Refreshes once, as soon as there is a connection: without one, errors would replace the saved values. If nobody on
   * this computer has agreed yet, the pane opens and asks.
   */
  readonly start: () => void;
  /** Label of the connection that the workbook wants to refresh with; undefined if there is no question. */
  readonly question: () => string | undefined;
  /** Calls back when a question comes up or is answered. @returns a function that stops this */
  readonly onQuestion: (listener: () => void) => () => void;
  /** Takes the person's answer; a refusal lasts until the workbook is opened again. */
  readonly answer: (isAllowed: boolean) => void;
  /**
   * Switches this on or off for this workbook. To refresh, the runtime must run, so Excel starts it when it opens the
   * workbook. We request that for such workbooks only, because people without the add-in see a notice (office-js
   * 1542).
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
  /** The connection that the open question is about. */
  let asked: string | undefined;

  function begin(): void {
    if (agreement.isGiven()) return refreshUnasked();
    ask(session.current()?.label);
    // If Excel refuses, the question is shown when the person opens the pane.
    void Office.addin?.showAsTaskpane?.().catch(() => undefined);
  }

  /** The person did not start this, so an error of Excel is not shown. */
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
