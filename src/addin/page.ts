/**
 * The page behind the shared runtime. Cells need it as soon as a formula calculates, people only when they open the
 * pane, so the user interface is loaded when the page is first seen.
 * @module
 */
import { associateCommands } from "./commands/commands.ts";
import { startHealing } from "./runtime/workbook/heal.ts";
import { refreshOnOpen } from "./runtime/workbook/refresh-on-open.ts";
import { errorCatalogue } from "../kalibrate/errors.ts";

let shown = false;

function showTaskPane(): void {
  if (shown || typeof Office === "undefined") return;
  shown = true;
  void import("./taskpane/taskpane.ts").then(({ startTaskPane }) => startTaskPane(), showUnreachable);
}

/** The service may have stopped since the workbook was opened; showing the pane again tries again. */
function showUnreachable(): void {
  shown = false;
  const { message, hint } = errorCatalogue.KAL_OFFLINE;
  document.body.textContent = `${message} ${hint}`;
}

/** Without Microsoft's script there are neither functions nor a host to speak to. */
function showOfficeMissing(): void {
  document.body.textContent =
    "Excel’s own script (office.js) could not be loaded. Check the network, then close this pane and open it again.";
}

function whenVisible(): void {
  if (document.visibilityState === "visible") showTaskPane();
}

whenVisible();
document.addEventListener("visibilitychange", whenVisible);
// A web view may call itself visible or hidden whatever Excel shows, so Excel's own word counts too.
if (typeof Office === "undefined") document.addEventListener("DOMContentLoaded", showOfficeMissing);
else {
  associateCommands();
  void Office.onReady(followVisibility);
  void Office.onReady(startHealing);
  void Office.onReady(refreshOnOpen);
}

function followVisibility(): void {
  void Office.addin?.onVisibilityModeChanged?.(({ visibilityMode }) => {
    if (visibilityMode === Office.VisibilityMode.taskpane) showTaskPane();
  });
}
