/**
 * Signs in in a dialog of Office, where Excel itself cannot: a page of ours opens the provider's in a window.
 * @module
 */
import { isErrorCode, KalError } from "../../kalibrate/errors.ts";
import type { ErrorAnswer, SignInAnswer } from "../../kalibrate/gateway-api.ts";
import { popupRefused, signInCancelled } from "./failures.ts";

/** What the dialog's page says to the pane, as JSON. */
export type DialogMessage =
  | { readonly answer: SignInAnswer }
  | { readonly problem: Pick<ErrorAnswer["error"], "code" | "message" | "hint"> };

/** Office's codes (Office dialog API: errors and events). */
const closedByPerson = 12006;
const blocked = [12009, 12011];

/** @param signal closes the dialog. @throws KalError; the signal's reason when aborted. */
export function askInDialog(signal?: AbortSignal): Promise<SignInAnswer> {
  return new Promise((resolve, reject) => {
    const url = `${location.origin}/sign-in/dialog.html`;
    Office.context.ui.displayDialogAsync(
      url,
      { height: 60, width: 30 },
      ({ status, value: dialog, error }) => {
        if (status === Office.AsyncResultStatus.Failed) return reject(notOpened(error));
        const close = () => {
          dialog.close();
          reject(signal?.reason as Error);
        };
        if (signal?.aborted) return close();
        signal?.addEventListener("abort", close, { once: true });
        dialog.addEventHandler(Office.EventType.DialogMessageReceived, (received) => {
          signal?.removeEventListener("abort", close);
          dialog.close();
          resolve(Promise.resolve(received).then(readMessage));
        });
        dialog.addEventHandler(Office.EventType.DialogEventReceived, (received) => {
          signal?.removeEventListener("abort", close);
          const code = "error" in received ? received.error : 0;
          reject(code === closedByPerson ? signInCancelled() : notOpened({ code }));
        });
      },
    );
  });
}

function readMessage(
  received: { message: string; origin?: string | undefined } | { error: number },
): SignInAnswer {
  if ("error" in received) throw signInCancelled(received.error);
  // A window that has gone elsewhere may not say who has signed in.
  if (received.origin !== undefined && received.origin !== location.origin) throw signInCancelled();
  const said = JSON.parse(received.message) as DialogMessage;
  if ("answer" in said) return said.answer;
  const { code, ...words } = said.problem;
  throw new KalError(isErrorCode(code) ? code : "KAL_SIGN_IN_REFUSED", words);
}

function notOpened({ code }: { readonly code: number }): KalError {
  if (blocked.includes(code)) return popupRefused(code);
  return new KalError("KAL_SIGN_IN_REQUIRED", {
    message: `The window to sign in could not be opened (${code}).`,
    hint: "Close other windows of add-ins, then sign in again.",
  });
}
