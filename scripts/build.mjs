/**
 * `npm run build`: installs and builds what is missing or out of date.
 * @module
 */
import { build } from "./steps/build.mjs";
import { runScript } from "./steps/failure.mjs";
import { install } from "./steps/install.mjs";
import { root } from "./steps/root.mjs";

await runScript(async () => {
  await install({ root, say: console.error });
  await build({ root, say: console.error });
});
