/**
 * Waits until a message about the workbook may no longer be true.
 * @module
 */
import { runOptions } from "../../runtime/workbook/run-options.ts";

type Listener = () => void;

const listeners = new Set<Listener>();
let isRegistered = false;

/**
 * Calls back once, after the next change of a cell's content (Excel's undo among them) or of the active sheet that is
 * not this add-in's own. Calculation changes no content.
 * @param isOver asked after each change whether the message is no longer true; default: it always is
 * @returns a function that stops this
 */
export function untilChanged(
  listener: Listener,
  isOver: () => Promise<boolean> = () => Promise.resolve(true),
): () => void {
  const changed = () =>
    void isOver().then(
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
    worksheets.onChanged.add(tell);
    worksheets.onActivated.add(tell);
    await context.sync();
  }).catch(() => (isRegistered = false));
}

function tell(change: object): Promise<void> {
  // The events of a write arrive after it (known since ExcelApi 1.14).
  const isOwn = "triggerSource" in change && change.triggerSource === "ThisLocalAddin";
  if (!isOwn) for (const listener of [...listeners]) listener();
  return Promise.resolve();
}
