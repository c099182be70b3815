/**
 * The end of a burst: Excel calls thousands of functions in one go, and what they ask for goes out together.
 * @module
 */
import { steadyTime } from "../steady-time.ts";

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

let began: { readonly wall: number; readonly steady: number } | undefined;

function beginning(): { readonly wall: number; readonly steady: number } {
  if (began === undefined) {
    began = { wall: Date.now(), steady: steadyTime() };
    afterBurst(() => (began = undefined));
  }
  return began;
}

/**
 * The analyst's time, in milliseconds since the epoch. It stands still for a burst: its cells belong together, so
 * `now` means the same to all of them.
 */
export function burstTime(): number {
  return beginning().wall;
}

/** The steady clock, which stands still for a burst too: an answer is too old for all of its cells or for none. */
export function burstSteadyTime(): number {
  return beginning().steady;
}
