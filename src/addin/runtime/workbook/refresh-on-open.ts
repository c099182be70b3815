/**
 * New data as soon as the workbook is opened, where its people want that: without it saved values stand.
 * @module
 */
import { currentConnection, onSessionChange } from "../session/session.ts";
import { refresh } from "./refresh.ts";
import { refreshesOnOpen, rememberRefreshOnOpen } from "./workbook-settings.ts";

/**
 * Refreshes once, as soon as there is a connection: without one the saved values would give way to errors. Nobody
 * pressed anything, so nobody is told where Excel refuses.
 */
export function refreshOnOpen(): void {
  if (!refreshesOnOpen()) return;
  const once = () => void refresh("workbook").catch(() => undefined);
  if (currentConnection()) return once();
  const stop = onSessionChange(() => {
    if (!currentConnection()) return;
    stop();
    once();
  });
}

/**
 * Switches it on or off for this workbook. The runtime must be there to refresh, so opening the workbook then starts
 * it; that is asked of Excel for these workbooks alone, as people without the add-in are told of it (office-js 1542).
 * @throws OfficeExtension.Error when Excel refuses.
 */
export async function chooseRefreshOnOpen(isOn: boolean): Promise<void> {
  const { load, none } = Office.StartupBehavior;
  await Office.addin.setStartupBehavior(isOn ? load : none);
  rememberRefreshOnOpen(isOn);
}
