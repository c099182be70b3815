/**
 * The connection that there is: whether it works, and its end.
 * @module
 */
import { reactive } from "@microsoft/fast-element/state.js";
import { asKalError, type KalError } from "../../../kalibrate/errors.ts";
import type { Status } from "../../../kalibrate/gateway-api.ts";
import type { HeldConnection } from "../../runtime/session/connection-store.ts";
import { disconnect, fetchStatus, lastStatus } from "../../runtime/session/session.ts";
import { announce } from "../announce.ts";
import { focusSoon } from "../focus.ts";
import { say } from "../notices/notices.ts";
import { texts } from "../texts/pane.ts";
import { createFirstFormula, type FirstFormula } from "./first-formula.ts";

/** Ids on the page. */
export const headingId = "connected-heading";
export const problemId = "connected-problem";

export interface Connected {
  readonly connection: HeldConnection;
  /** What the Data API last said; undefined until it has answered. */
  status: Status | undefined;
  /** Why it could not be asked. */
  problem: KalError | undefined;
  isChecking: boolean;
  isDisconnecting: boolean;
  readonly firstFormula: FirstFormula;
  /** Asks the Data API now. */
  readonly load: () => Promise<void>;
  /** The same when a person wants it, who is told what came of it. */
  readonly check: () => Promise<void>;
  readonly disconnect: () => Promise<void>;
  readonly connectAnother: () => void;
}

export interface ConnectedOptions {
  readonly connection: HeldConnection;
  readonly isExcel: boolean;
  readonly onConnectAnother: () => void;
}

export function createConnected(options: ConnectedOptions): Connected {
  const { connection } = options;
  const view: Connected = reactive<Connected>({
    connection,
    status: lastStatus(connection),
    problem: undefined,
    isChecking: false,
    isDisconnecting: false,
    firstFormula: createFirstFormula(options.isExcel),

    async load() {
      if (view.isChecking) return;
      view.isChecking = true;
      try {
        view.status = await fetchStatus(connection);
        view.problem = undefined;
      } catch (error) {
        view.problem = asKalError(error);
      }
      view.isChecking = false;
    },

    async check() {
      const failedBefore = view.problem !== undefined;
      await view.load();
      if (view.problem) return focusSoon(problemId);
      announce(texts.connection.checked);
      // The button that was pressed has gone with the failure.
      if (failedBefore) focusSoon(headingId);
    },

    async disconnect() {
      if (view.isDisconnecting) return;
      view.isDisconnecting = true;
      const ended = disconnect(connection);
      say(texts.notice.disconnected);
      await ended.catch(() => say(texts.notice.disconnectedHereOnly));
    },

    connectAnother: options.onConnectAnother,
  });
  return view;
}

/** Whether the connection is to made-up data. */
export function isSample({ connection }: Connected): boolean {
  return connection.environment === "sample";
}
