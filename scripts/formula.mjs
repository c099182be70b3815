/**
 * `npm run formula -- '=KAL.QUERY("site")'`: evaluates one function through the built add-in and the real
 * office.js, against sample data, and prints the cells.
 * @module
 */
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "./steps/build.mjs";
import { runScript } from "./steps/failure.mjs";
import { install } from "./steps/install.mjs";
import { root } from "./steps/root.mjs";
import { loadService } from "./steps/serve.mjs";

await runScript(async () => {
  await install({ root, say: console.error });
  await build({ root, say: console.error, wanted: ["addin", "service", "local"] });
  const { runFormula } = await import(pathToFileURL(path.join(root, "dist/local/formula.js")).href);
  return runFormula({
    argv: process.argv.slice(2),
    stdout: process.stdout,
    stderr: process.stderr,
    ...(await loadService(root)),
    officeJsFolder: path.join(root, "node_modules/@microsoft/office-js/dist"),
    addinFolder: path.join(root, "dist/addin"),
  });
});
