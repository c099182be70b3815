/**
 * `npm run release`: writes release/kal-<version>.tgz with its checksums, SBOM, licences and manifest.
 * @module
 */
import path from "node:path";
import { build } from "./steps/build.mjs";
import { runScript } from "./steps/failure.mjs";
import { install } from "./steps/install.mjs";
import { release } from "./steps/release.mjs";
import { root } from "./steps/root.mjs";

await runScript(async () => {
  await install({ root, say: console.error });
  await build({ root, say: console.error });
  for (const file of await release({ root, folder: path.join(root, "release") })) {
    console.log(path.relative(process.cwd(), file));
  }
});
