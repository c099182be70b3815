/**
 * The batch window: Excel calls thousands of functions at once, and their requests are sent together.
 * @module
 */

export interface BatchWindow {
  /**
   * Runs a task after the calls that office.js is making now. We use a message, not a timer: a hidden pane's timers
   * are delayed to the next full second (WebView2Feedback 3070), and so would be the cells.
   */
  readonly atEnd: (task: () => void) => void;
  /**
   * The analyst's time in milliseconds since the epoch. Constant within a window, so that `now` means the same for all
   * its cells.
   */
  readonly wallTime: () => number;
  /** The steady clock, also constant within a window, so that an answer is too old for all its cells or for none. */
  readonly steadyTime: () => number;
}

export function createBatchWindow(steady: () => number, wall: () => number = Date.now): BatchWindow {
  const channel = new MessageChannel();
  const tasks: (() => void)[] = [];
  let began: { readonly wall: number; readonly steady: number } | undefined;

  channel.port1.onmessage = () => {
    for (const task of tasks.splice(0)) task();
  };

  function atEnd(task: () => void): void {
    tasks.push(task);
    if (tasks.length === 1) channel.port2.postMessage(undefined);
  }

  function beginning(): { readonly wall: number; readonly steady: number } {
    if (began === undefined) {
      began = { wall: wall(), steady: steady() };
      atEnd(() => (began = undefined));
    }
    return began;
  }

  return { atEnd, wallTime: () => beginning().wall, steadyTime: () => beginning().steady };
}
