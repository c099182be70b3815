/**
 * `npm test`: installs and builds what is missing, then runs every layer that this machine supports. With names of
 * files or layers it runs those, and builds only what they need. The layer ship has to be named: it needs the proxies,
 * Prometheus, systemd and buildah of Debian, and two more minutes.
 * @module
 */
import { build } from "./steps/build.mjs";
import { runScript } from "./steps/failure.mjs";
import { install } from "./steps/install.mjs";
import { root } from "./steps/root.mjs";
import { brokenRun, test } from "./steps/test.mjs";
import { buildsForTests, readFilters } from "./steps/test-builds.mjs";
import { describeTotals } from "./steps/test-totals.mjs";

const argv = process.argv.slice(2);
const { projects, names } = readFilters(argv);
const isWhole = projects.length === 0 && names.length === 0;
const withoutShip = {
  argv: ["--project=!ship", ...argv],
  notes: ["skipped the layer ship (proxies, image, guide, alerts): npm test -- --project ship"],
};

await runScript(async () => {
  try {
    await install({ root, say: console.error });
    await build({ root, say: console.error, wanted: buildsForTests({ root, argv }) });
  } catch (error) {
    // Programs read the last line, so it must have its usual form.
    process.once("exit", () => console.log(describeTotals(brokenRun).join("\n")));
    throw error;
  }
  return test({ root, argv, print: console.log, ...(isWhole && withoutShip) });
});
