/**
 * Recalculates failed cells as soon as what they lacked is there: a connection, the network, or the runtime.
 * @module
 */
import { askForLeftCells, retryFailed } from "./refresh.ts";
import { isReachable, onReachabilityChange } from "../session/reachability.ts";
import { heldTickets, onSessionChange } from "../session/session.ts";

/** Watches for new connections and for the network. */
export function watchForRecovery(): void {
  let known = new Set(heldTickets());
  onSessionChange(() => {
    const tickets = heldTickets();
    const isNew = tickets.some((ticket) => !known.has(ticket));
    known = new Set(tickets);
    if (isNew) void retryOneAtATime();
  });
  addEventListener("online", () => void retryOneAtATime());
  onReachabilityChange(() => {
    if (isReachable()) void retryOneAtATime();
  });
  // Not on opening: a workbook does not ask for data by itself. Somebody who opens the pane sees what comes of it.
  const whenShown = () => {
    if (document.visibilityState === "visible") askAgain();
  };
  document.addEventListener("visibilitychange", whenShown);
  whenShown();
  void Office.addin?.onVisibilityModeChanged?.(({ visibilityMode }) => {
    if (visibilityMode === Office.VisibilityMode.taskpane) askAgain();
  });
}

function askAgain(): void {
  void askForLeftCells().catch(() => undefined);
}

let isRetrying = false;
let isWanted = false;

/**
 * One run at a time; a request during a run causes one more run. An error of Excel (a protected sheet, for instance) is
 * ignored, as nobody asked for this run: “Try failed again” on the ribbon tells it.
 */
async function retryOneAtATime(): Promise<void> {
  isWanted = true;
  if (isRetrying) return;
  isRetrying = true;
  while (isWanted) {
    isWanted = false;
    await retryFailed().catch(() => undefined);
  }
  isRetrying = false;
}
