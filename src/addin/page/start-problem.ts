/**
 * What the page says when the pane cannot be started. Nothing of the pane is there, its styles neither, so it builds
 * on the browser alone.
 * @module
 */
import { errorCatalogue } from "../../kalibrate/errors.ts";
import { asKalError } from "../runtime/as-kal-error.ts";

/** webpack's name for a file that could not be loaded: the service has stopped, or has a new version. */
const notLoaded = "ChunkLoadError";

/**
 * Says what happened and offers to try again.
 * @param retry tries again where a file could not be loaded; anything else needs the page anew.
 */
export function showStartProblem(error: unknown, retry: () => void): void {
  const isOffline = (error as Error | undefined)?.name === notLoaded;
  const { message, hint } = isOffline ? errorCatalogue.KAL_OFFLINE : asKalError(error);
  const heading = document.createElement("h1");
  heading.textContent = "Kalibrate data";
  heading.style.fontSize = "1.25em";
  const words = document.createElement("p");
  words.role = "alert";
  words.textContent = `The pane could not be started. ${message} ${hint}`;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Try again";
  button.style.font = "inherit";
  button.addEventListener("click", () => {
    button.disabled = true;
    if (isOffline) retry();
    else location.reload();
  });
  const main = document.createElement("main");
  // The pane's styles may have come without its code, which sets the colours that they name.
  main.style.cssText =
    "font: 14px system-ui, sans-serif; color-scheme: light dark; color: CanvasText; padding: 0.5em; display: grid; gap: 0.75em; justify-items: start; overflow-wrap: anywhere";
  main.append(heading, words, button);
  document.body.replaceChildren(main);
}
