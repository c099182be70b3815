/**
 * What goes wrong while somebody signs in, told by the catalogue.
 * @module
 */
import { KalError } from "../../kalibrate/errors.ts";
import { TimeLimitError } from "./within.ts";

/** Names and codes of the library's errors; its classes are in another chunk. */
interface LibraryError {
  readonly name?: string;
  readonly errorCode?: string;
}

const cancelled = ["user_canceled", "user_cancelled"];

/** A page could not be opened or was not heard of again. Silently, that is how a browser refuses. */
const noPage = ["timed_out", "redirect_bridge_timeout", "monitor_window_timeout", "redirect_in_iframe"];

const notReached = [
  "no_network_connectivity",
  "post_request_failed",
  "get_request_failed",
  "network_error",
  "endpoints_resolution_error",
];

const popupBlocked = ["popup_window_error", "empty_window_error"];

/** Whether Excel's own way to sign in does not work, so that the other one must be tried. */
export function isBridgeBroken(error: unknown): boolean {
  const { name, errorCode = "" } = error as LibraryError;
  return name !== "InteractionRequiredAuthError" && ![...cancelled, ...notReached].includes(errorCode);
}

/** @param contact whom to ask */
export function signInFailure(error: unknown, contact: string | undefined): KalError {
  if (error instanceof KalError) return error;
  const { name, errorCode = "" } = error as LibraryError;
  if (error instanceof TimeLimitError || notReached.includes(errorCode)) {
    return new KalError("KAL_UPSTREAM_DOWN", {
      message: "Your organisation’s sign-in does not answer.",
      hint: "Try again in a minute. The values in your cells stay.",
      cause: error,
    });
  }
  if (cancelled.includes(errorCode)) return signInCancelled(error);
  if (popupBlocked.includes(errorCode)) return popupRefused(error);
  if (name === "InteractionRequiredAuthError" || noPage.includes(errorCode)) {
    return new KalError("KAL_SIGN_IN_REQUIRED", { cause: error });
  }
  return new KalError("KAL_SIGN_IN_REFUSED", {
    message: `Your organisation’s sign-in refused (${errorCode || name || "unknown"}).`,
    ...(contact !== undefined && { hint: `Try once more; if this persists, ask ${contact}.` }),
    cause: error,
  });
}

export function signInCancelled(cause?: unknown): KalError {
  return new KalError("KAL_SIGN_IN_REQUIRED", {
    message: "The sign-in was not finished.",
    hint: "Open the Kalibrate pane and sign in.",
    cause,
  });
}

export function popupRefused(cause?: unknown): KalError {
  return new KalError("KAL_SIGN_IN_REQUIRED", {
    message: "The window to sign in was blocked.",
    hint: `Allow pop-ups for ${location.host}, then sign in again.`,
    cause,
  });
}
