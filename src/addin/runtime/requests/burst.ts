/**
 * The end of a burst: Excel calls thousands of functions in one go, and what they ask for goes out together.
 * @module
 */

const channel = new MessageChannel();
const tasks: (() => void)[] = [];

channel.port1.onmessage = () => {
  for (const task of tasks.splice(0)) task();
};

/**
 * Runs a task behind the calls that office.js is making now. A message, not a timer: a hidden pane's timers wait for
 * the next full second (WebView2Feedback 3070), and a burst would wait with them.
 */
export function afterBurst(task: () => void): void {
  tasks.push(task);
  if (tasks.length === 1) channel.port2.postMessage(undefined);
}

let began: number | undefined;

/**
 * The time, in milliseconds since the epoch, which stands still for a burst: its cells belong together, so an answer
 * is too old for all of them or for none.
 */
export function burstTime(): number {
  if (began === undefined) {
    began = Date.now();
    afterBurst(() => (began = undefined));
  }
  return began;
}
