/**
 * State of one connection: whether it works, whether the workbook uses it, its secret and when it ends.
 * @module
 */
import { runtime } from "../../addin.ts";
import { reactive } from "@microsoft/fast-element/state.js";
import type { KalError } from "../../../kalibrate/errors.ts";
import { asKalError } from "../../runtime/as-kal-error.ts";
import type { Status } from "../../../kalibrate/gateway-api.ts";
import type { HeldConnection } from "../../runtime/session/connection-store.ts";
import { keepSecretExpiry, secretExpiry } from "../../runtime/session/secret-expiry.ts";
import { announce } from "../common/announce.ts";
import { createFieldState, type FieldState } from "../connect/field-state.ts";
import { expiryField } from "../connect/fields.ts";
import { focusSoon } from "../common/focus.ts";
import { lookAtClock, say } from "../notices/notices.ts";
import { texts } from "../texts/connection.ts";
import { texts as paneTexts } from "../texts/pane.ts";
import { createNewSecret, type NewSecret } from "./new-secret.ts";

/** Ids on the page, by connection name. */
export const headingId = (name: string) => `connected-heading-${name}`;
export const problemId = (name: string) => `connected-problem-${name}`;

export interface Connected {
  readonly connection: HeldConnection;
  /** Whether this workbook's formulas use it by default. */
  isOwn: boolean;
  /** The last status from the Data API; undefined until it has answered. */
  status: Status | undefined;
  /** Why the status could not be requested. */
  problem: KalError | undefined;
  isChecking: boolean;
  isDisconnecting: boolean;
  newSecret: NewSecret | undefined;
  /** The day on which the secret expires, if the person has entered it. */
  readonly expiry: FieldState;
  /** Requests the status. */
  readonly load: () => Promise<void>;
  /** As `load`, when a person asks for it; announces the result. */
  readonly check: () => Promise<void>;
  readonly use: () => void;
  readonly askForSecret: () => void;
  readonly disconnect: () => Promise<void>;
}

export function createConnected(connection: HeldConnection, isExcel: boolean): Connected {
  const { name, label } = connection;
  const view: Connected = reactive<Connected>({
    connection,
    isOwn: false,
    status: runtime.session.lastStatus(connection),
    problem: undefined,
    isChecking: false,
    isDisconnecting: false,
    newSecret: undefined,
    expiry: createFieldState(expiryField, {
      of: name,
      value: secretExpiry(name),
      onLeft: keepExpiry,
    }),

    async load() {
      if (view.isChecking) return;
      view.isChecking = true;
      try {
        view.status = await runtime.session.fetchStatus(connection);
        view.problem = undefined;
      } catch (error) {
        view.problem = asKalError(error);
      }
      view.isChecking = false;
    },

    async check() {
      const failedBefore = view.problem !== undefined;
      await view.load();
      if (view.problem) return focusSoon(problemId(name));
      announce(texts.connection.checked);
      // The pressed button has disappeared with the failure.
      if (failedBefore) focusSoon(headingId(name));
    },

    use() {
      runtime.session.useForWorkbook(connection);
      say(texts.connection.used(label));
      focusSoon(headingId(name));
      // Data of the previous connection must not mix with data of this one. Excel may refuse on a protected sheet; the
      // ribbon offers the refresh as well.
      if (isExcel) void runtime.refresh("workbook").catch(() => undefined);
    },

    askForSecret() {
      const close = () => {
        view.newSecret = undefined;
        focusSoon(headingId(name));
      };
      view.newSecret = createNewSecret({
        connection,
        onCancelled: close,
        onReplaced() {
          close();
          view.expiry.value = secretExpiry(name) ?? "";
          view.problem = undefined;
          say(texts.newSecret.replaced(label));
          void view.load();
        },
      });
    },

    async disconnect() {
      if (view.isDisconnecting) return;
      view.isDisconnecting = true;
      const ended = runtime.session.disconnect(connection);
      say(paneTexts.notice.disconnected);
      await ended.catch(() => say(paneTexts.notice.disconnectedHereOnly));
    },
  });
  return view;

  /** Stores a valid day in the future; the field shows what is wrong with any other. */
  function keepExpiry({ value, finding }: FieldState): void {
    if (finding) return;
    keepSecretExpiry(name, value || undefined);
    lookAtClock();
  }
}

/** Whether the connection has sample data. */
export function isSample({ connection }: Connected): boolean {
  return connection.environment === "sample";
}

/** Whether the person gave its secret. The organisation holds that of a signed-in analyst. */
export function hasOwnSecret(view: Connected): boolean {
  return !isSample(view) && !view.connection.analyst;
}
