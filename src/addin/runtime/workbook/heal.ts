/**
 * Cells that failed heal by themselves as soon as what they lacked is there: a connection, the network, or the runtime.
 * @module
 */
import { askForLeftCells, retryFailed } from "./refresh.ts";
import { isReachable, onReachabilityChange } from "../session/reachability.ts";
import { heldTickets, onSessionChange } from "../session/session.ts";

/** Begins to watch. */
export function startHealing(): void {
  let known = new Set(heldTickets());
  onSessionChange(() => {
    const tickets = heldTickets();
    const isNew = tickets.some((ticket) => !known.has(ticket));
    known = new Set(tickets);
    if (isNew) void heal();
  });
  addEventListener("online", () => void heal());
  onReachabilityChange(() => {
    if (isReachable()) void heal();
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

let isHealing = false;
let isWanted = false;

/**
 * One at a time: what happens while cells are being found is seen to afterwards, once. Nobody asked for it, so nobody
 * is told when Excel refuses, as on a protected sheet: the ribbon offers to try again.
 */
async function heal(): Promise<void> {
  isWanted = true;
  if (isHealing) return;
  isHealing = true;
  while (isWanted) {
    isWanted = false;
    await retryFailed().catch(() => undefined);
  }
  isHealing = false;
}
