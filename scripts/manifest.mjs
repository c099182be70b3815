/**
 * `npm run manifest -- --origin https://kal.example.com --id <guid>`: writes dist/manifest.xml, the manifest that an
 * organisation gives to its administrators.
 * @module
 */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { readArguments } from "./steps/arguments.mjs";
import { failure, runScript } from "./steps/failure.mjs";
import { install } from "./steps/install.mjs";
import { root } from "./steps/root.mjs";

const usage = `Usage: npm run manifest -- --origin <https://host> --id <guid> [options]
  --origin      the address of your service, such as https://kal.example.com
  --id          your own GUID for the add-in; keep it for all later versions
  --name        the add-in's name in Excel's lists
  --version     n.n.n.n; raise it whenever the manifest changes`;

await runScript(async () => {
  const values = readArguments(
    process.argv.slice(2),
    { origin: "string", id: "string", name: "string", version: "string" },
    usage,
  );
  for (const name of ["origin", "id"]) {
    if (values[name] === undefined) throw failure(`--${name} is missing.\n\n${usage}`, 2);
  }
  await install({ root, say: console.error });
  const { organisationManifest } = await import("./manifest/organisation.mjs");
  const source = await readFile(path.join(root, "manifest.xml"), "utf8");
  const file = path.join(root, "dist/manifest.xml");
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, organisationManifest(source, /** @type {any} */ (values)));
  console.log(`${path.relative(process.cwd(), file)} is ready for the Microsoft 365 admin centre.`);
});
