/**
 * The page behind the shared runtime. Cells need it as soon as a formula calculates, people only when they open the
 * pane, so the user interface is loaded when the page is first seen.
 * @module
 */
import { runtime } from "../addin.ts";
import { associateCommands } from "../commands/associate.ts";
import { showStartProblem } from "./start-problem.ts";

let shown = false;

function showTaskPane(): void {
  if (shown || typeof Office === "undefined") return;
  shown = true;
  startTaskPane().catch((error: unknown) => {
    shown = false;
    showStartProblem(error, showTaskPane);
  });
}

async function startTaskPane(): Promise<void> {
  const taskPane = await import("../taskpane/taskpane.ts");
  await taskPane.startTaskPane();
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
  associateCommands(runtime);
  for (const start of [followVisibility, runtime.start]) {
    // The pane says what is wrong when it is shown: it waits for Excel too.
    Office.onReady(start).catch((error: unknown) => console.error(error));
  }
}

function followVisibility(): void {
  void Office.addin?.onVisibilityModeChanged?.(({ visibilityMode }) => {
    if (visibilityMode === Office.VisibilityMode.taskpane) showTaskPane();
  });
}
