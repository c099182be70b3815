/**
 * `npm test`: installs and builds what is missing, then runs every layer that this machine can, or the files and layers that are
 * named; of dist/ only what they need is built.
 * @module
 */
import { build } from "./steps/build.mjs";
import { runScript } from "./steps/failure.mjs";
import { install } from "./steps/install.mjs";
import { root } from "./steps/root.mjs";
import { brokenRun, test } from "./steps/test.mjs";
import { buildsForTests } from "./steps/test-builds.mjs";
import { describeTotals } from "./steps/test-totals.mjs";

const argv = process.argv.slice(2);

await runScript(async () => {
  try {
    await install({ root, say: console.error });
    await build({ root, say: console.error, wanted: buildsForTests({ root, argv }) });
  } catch (error) {
    // The last line is the same promise for those who read it by program.
    process.once("exit", () => console.log(describeTotals(brokenRun).join("\n")));
    throw error;
  }
  return test({ root, argv, print: console.log });
});
