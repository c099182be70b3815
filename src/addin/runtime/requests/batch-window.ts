/**
 * The batch window: Excel calls thousands of functions in one go, and what they ask for goes out together.
 * @module
 */

export interface BatchWindow {
  /**
   * Runs a task after the calls that office.js is making now. A message, not a timer: a hidden pane's timers wait for
   * the next full second (WebView2Feedback 3070), and the cells would wait with them.
   */
  readonly atEnd: (task: () => void) => void;
  /**
   * The analyst's time in milliseconds since the epoch. It stands still within a window: its cells belong together, so
   * `now` means the same to all of them.
   */
  readonly wallTime: () => number;
  /** The steady clock, which stands still too: an answer is too old for all cells of a window or for none. */
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
