/**
 * Waits until a message about the workbook may no longer be true.
 * @module
 */
import { runOptions } from "../../runtime/workbook/run-options.ts";

/**
 * Calls back once, after the next change of a cell's content (Excel's undo among them) or of the active sheet.
 * Calculation changes no content.
 * @returns a function that stops this
 */
export function untilChanged(listener: () => void): () => void {
  let isEnded = false;
  const registered = Excel.run(runOptions, async (context) => {
    const { worksheets } = context.workbook;
    const handlers = [worksheets.onChanged.add(changed), worksheets.onActivated.add(changed)];
    await context.sync();
    return handlers;
  });
  // Without the events the message stays until the next command.
  registered.catch(() => undefined);

  function changed(): Promise<void> {
    if (!isEnded) listener();
    stop();
    return Promise.resolve();
  }

  function stop(): void {
    if (isEnded) return;
    isEnded = true;
    registered
      .then(async (handlers) => {
        const [first] = handlers;
        if (!first) return;
        await Excel.run(first.context, async (context) => {
          for (const handler of handlers) handler.remove();
          await context.sync();
        });
      })
      .catch(() => undefined);
  }

  return stop;
}
