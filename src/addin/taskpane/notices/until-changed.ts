/**
 * Waits until a message about the workbook may no longer be true.
 * @module
 */
import { runOptions } from "../../runtime/workbook/run-options.ts";

/** @param activated id of the sheet that has become the active one; undefined: a cell's content has changed */
type Listener = (activated?: string) => void;

const listeners = new Set<Listener>();
let isRegistered = false;

/**
 * Calls back once, after the next change of a cell's content (Excel's undo among them) or of the active sheet that is
 * not this add-in's own. Calculation changes no content.
 * @param isOver asked after each change whether the message is no longer true; default: it always is
 * @returns a function that stops this
 */
export function untilChanged(
  listener: () => void,
  isOver: () => Promise<boolean> = () => Promise.resolve(true),
): () => void {
  const shownOn = activeSheet();
  const changed: Listener = (activated) =>
    void shownOn
      // The event of a sheet that a command has made and activated arrives after the command.
      .then((sheet) => (activated === undefined || activated !== sheet) && isOver())
      .then(
        (over) => {
          if (over && listeners.delete(changed)) listener();
        },
        () => undefined,
      );
  listeners.add(changed);
  register();
  return () => void listeners.delete(changed);
}

/**
 * Once for all: whether Excel counts registrations, so that the end of one leaves the others, is not documented. Without
 * the events a message stays until the next one.
 */
function register(): void {
  if (isRegistered) return;
  isRegistered = true;
  Excel.run(runOptions, async (context) => {
    const { worksheets } = context.workbook;
    worksheets.onChanged.add(({ triggerSource }) => {
      // The events of a write arrive after it (known since ExcelApi 1.14).
      if (triggerSource !== "ThisLocalAddin") tell();
      return Promise.resolve();
    });
    worksheets.onActivated.add(({ worksheetId }) => {
      tell(worksheetId);
      return Promise.resolve();
    });
    await context.sync();
  }).catch(() => (isRegistered = false));
}

function tell(activated?: string): void {
  for (const listener of [...listeners]) listener(activated);
}

/** @returns its id; undefined if Excel refuses to tell it */
function activeSheet(): Promise<string | undefined> {
  return Excel.run(runOptions, async (context) => {
    const sheet = context.workbook.worksheets.getActiveWorksheet().load("id");
    await context.sync();
    return sheet.id;
  }).catch(() => undefined);
}
