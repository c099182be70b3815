/**
 * `kal manifest` of a release: the manifests of an organisation, written into the current folder.
 * @module
 */
import path from "node:path";
import { runScript } from "../steps/failure.mjs";
import { writeManifests } from "./command.mjs";

const release = path.resolve(import.meta.dirname, "../..");

await runScript(() =>
  writeManifests({
    argv: process.argv.slice(3),
    command: "kal manifest",
    sources: {
      manifest: path.join(release, "manifest.xml"),
      shortcuts: path.join(release, "dist/addin/shortcuts.json"),
      icons: path.join(release, "dist/addin/assets"),
    },
    folder: ".",
    print: console.log,
  }),
);
