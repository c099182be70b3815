/**
 * `npm stop`: ends what `npm start` runs, and removes the add-in from Excel.
 * @module
 */
import { existsSync } from "node:fs";
import path from "node:path";
import { runScript } from "./steps/failure.mjs";
import { root } from "./steps/root.mjs";
import { stop } from "./steps/stop.mjs";

await runScript(async () => {
  if (!existsSync(path.join(root, "node_modules"))) {
    console.log("No KAL service is running: nothing is installed yet.");
    return;
  }
  await stop({ root, say: console.log });
});
