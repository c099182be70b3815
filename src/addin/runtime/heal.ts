/**
 * Cells that failed heal by themselves as soon as what they lacked is there: a connection, or the network.
 * @module
 */
import { retryFailed } from "./refresh.ts";
import { heldTickets, onSessionChange } from "./session.ts";

/** Begins to watch. */
export function startHealing(): void {
  let known = new Set(heldTickets());
  onSessionChange(() => {
    const tickets = heldTickets();
    const isNew = tickets.some((ticket) => !known.has(ticket));
    known = new Set(tickets);
    if (isNew) heal();
  });
  addEventListener("online", heal);
}

/** Nobody asked for it, so nobody is told when Excel refuses, as on a protected sheet, or where there is none. */
function heal(): void {
  retryFailed().catch(() => undefined);
}
