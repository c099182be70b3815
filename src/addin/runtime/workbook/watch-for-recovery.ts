/**
 * Recalculates failed cells as soon as what they lacked is there: a connection, the network, or the runtime.
 * @module
 */
import type { Reachability } from "../session/reachability.ts";
import type { Session } from "../session/session.ts";
import type { Refresh } from "./refresh.ts";

/** Watches for new connections and for the network from now on. */
export function watchForRecovery(
  session: Session,
  { isReachable, onChange }: Reachability,
  { askForLeftCells, retryFailed }: Refresh,
): void {
  const tickets = () => new Set(session.all().map(({ ticket }) => ticket));
  let known = tickets();
  let isRetrying = false;
  let isAskedFor = false;

  /**
   * One run at a time; a request during a run causes one more run. An error of Excel (a protected sheet, for instance)
   * is ignored, as nobody asked for this run: “Try failed again” on the ribbon shows it.
   */
  async function retryOneAtATime(): Promise<void> {
    isAskedFor = true;
    if (isRetrying) return;
    isRetrying = true;
    while (isAskedFor) {
      isAskedFor = false;
      await retryFailed().catch(() => undefined);
    }
    isRetrying = false;
  }

  const askAgain = () => void askForLeftCells().catch(() => undefined);

  session.onChange(() => {
    const now = tickets();
    const isNew = [...now].some((ticket) => !known.has(ticket));
    known = now;
    if (isNew) void retryOneAtATime();
  });
  addEventListener("online", () => void retryOneAtATime());
  onChange(() => {
    if (isReachable()) void retryOneAtATime();
  });
  // Not on opening: a workbook does not ask for data by itself. A person who opens the pane sees the result.
  const whenShown = () => {
    if (document.visibilityState === "visible") askAgain();
  };
  document.addEventListener("visibilitychange", whenShown);
  whenShown();
  void Office.addin?.onVisibilityModeChanged?.(({ visibilityMode }) => {
    if (visibilityMode === Office.VisibilityMode.taskpane) askAgain();
  });
}
