/**
 * `npm run manifest -- --origin https://kal.example.com --id <guid>`: writes an organisation's manifests into
 * dist/manifests.
 * @module
 */
import path from "node:path";
import { runScript } from "./steps/failure.mjs";
import { install } from "./steps/install.mjs";
import { root } from "./steps/root.mjs";

await runScript(async () => {
  await install({ root, say: console.error });
  const { writeManifests } = await import("./manifest/command.mjs");
  await writeManifests({
    argv: process.argv.slice(2),
    command: "npm run manifest --",
    sources: {
      manifest: path.join(root, "manifest.xml"),
      shortcuts: path.join(root, "src/addin/commands/shortcuts.json"),
      icons: path.join(root, "assets"),
    },
    folder: path.join(root, "dist/manifests"),
    print: console.log,
  });
});
