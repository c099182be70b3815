/**
 * `npm test`: installs and builds what is missing, then runs every layer that this machine can.
 * @module
 */
import { build } from "./steps/build.mjs";
import { runScript } from "./steps/failure.mjs";
import { install } from "./steps/install.mjs";
import { root } from "./steps/root.mjs";
import { brokenRun, test } from "./steps/test.mjs";
import { describeTotals } from "./steps/test-totals.mjs";

await runScript(async () => {
  try {
    await install({ root, say: console.error });
    await build({ root, say: console.error, wanted: ["addin", "service", "workbench"] });
  } catch (error) {
    // The last line is the same promise for those who read it by program.
    process.once("exit", () => console.log(describeTotals(brokenRun).join("\n")));
    throw error;
  }
  return test({ root, argv: process.argv.slice(2), print: console.log });
});
