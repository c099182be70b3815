/**
 * Dialogs of Office on Windows, in the words of office.js (`excel-win32-16.01.js`): a page opens one by listening to an
 * event, and the dialog's page speaks to it through its own `window.external`.
 * @module
 */

/** `DialogMessageReceived`; its target says which page is to open. */
export const dialogEvent = 10;

/** First item of what the event brings: a message, or the code of how the dialog ended. */
const messageReceived = 0;
const closedByPerson = 12006;

/** Opens windows, as the page around does. */
export interface DialogWindows {
  /**
   * @param received takes what the dialog's page says, as JSON of office.js
   * @param closed called when a person closes it
   * @returns closes it; undefined where the browser blocks it
   */
  readonly open: (
    url: string,
    received: (message: string) => void,
    closed: () => void,
  ) => (() => void) | undefined;
}

export interface Dialogs {
  /** @returns whether it is open */
  open(target: string): boolean;
  close(): void;
}

/** @param raise brings a dialog's event to the page that opened it */
export function createDialogs(windows: DialogWindows, raise: (payload: readonly unknown[]) => void): Dialogs {
  let end: (() => void) | undefined;
  return {
    open(target) {
      const { url } = JSON.parse(target) as { url: string };
      end = windows.open(
        url,
        (message) => {
          const { messageToParent } = JSON.parse(message) as { messageToParent: string };
          raise([messageReceived, messageToParent, new URL(url).origin]);
        },
        () => raise([closedByPerson]),
      );
      return end !== undefined;
    },
    close() {
      end?.();
      end = undefined;
    },
  };
}
