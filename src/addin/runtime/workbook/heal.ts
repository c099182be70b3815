/**
 * Cells that failed heal by themselves as soon as what they lacked is there: a connection, or the network.
 * @module
 */
import { retryFailed } from "./refresh.ts";
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
