/**
 * `npm run report`: prints the versions of what the add-in runs on, to send with the results of docs/try-in-excel.md.
 * What only Excel knows is copied from the pane: Settings → Copy report.
 * @module
 */
import { runScript } from "./steps/failure.mjs";
import { report } from "./steps/report.mjs";
import { root } from "./steps/root.mjs";

await runScript(async () => {
  console.log(await report({ root }));
});
