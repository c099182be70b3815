/**
 * Recalculates failed cells as soon as the cause is gone: there is a connection, the network, or the runtime.
 * @module
 */
import { oneAtATime } from "../one-at-a-time.ts";
import type { Reachability } from "../session/reachability.ts";
import type { Session } from "../session/session.ts";
import type { Refresh } from "./refresh.ts";

/** Watches for new connections and for the network from now on. */
export function watchForRecovery(
  session: Session,
  { isReachable, onChange }: Reachability,
  refresh: Refresh,
): void {
  const tickets = () => new Set(session.all().map(({ ticket }) => ticket));
  let known = tickets();
  /** Ignores errors of Excel (a protected sheet, for instance): “Try failed again” on the ribbon shows them. */
  const recover = oneAtATime(refresh.recover);
  /** Cells that show the connection's state must not stay outdated. */
  const showStatus = oneAtATime(refresh.recalculateStatus);

  const askAgain = () => void refresh.askForLeftCells().catch(() => undefined);

  session.onChange(() => {
    const now = tickets();
    const isNew = [...now].some((ticket) => !known.has(ticket));
    known = now;
    if (isNew) recover();
    else showStatus();
  });
  addEventListener("online", recover);
  onChange(() => {
    if (isReachable()) recover();
  });
  // Not on opening: a workbook requests no data by itself. A person who opens the pane sees the result.
  const whenShown = () => {
    if (document.visibilityState === "visible") askAgain();
  };
  document.addEventListener("visibilitychange", whenShown);
  whenShown();
  void Office.addin?.onVisibilityModeChanged?.(({ visibilityMode }) => {
    if (visibilityMode === Office.VisibilityMode.taskpane) askAgain();
  });
}
