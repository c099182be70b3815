/**
 * The command that writes an organisation's manifests: `npm run manifest`, and `kal manifest` of a release.
 * @module
 */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { readArguments } from "../steps/arguments.mjs";
import { failure } from "../steps/failure.mjs";
import { jsonManifest } from "./json-manifest.mjs";
import { organisationManifest } from "./organisation.mjs";
import { zip } from "./zip.mjs";

/** What each option does, for the usage and for reading. */
const options = {
  origin: "the address of your service, such as https://kal.example.com",
  id: "your own GUID for the add-in: keep it for all later versions, have another one for test",
  name: "the add-in's name in Excel's lists",
  namespace:
    "what stands before the functions' names instead of KAL, such as KAL_TEST; set KAL_NAMESPACE likewise",
  support: "the https address where your people get help; the service's own help pages if left out",
  version: "n.n.n.n: raise it whenever the manifest changes, or clients keep the old one",
  folder: "where the files are written",
};

const required = ["origin", "id"];

/** @param {string} command how it was called */
function usageOf(command) {
  const lines = Object.entries(options).map(
    ([name, text]) => `  --${name.padEnd(10)} ${text}${required.includes(name) ? " (required)" : ""}`,
  );
  return `Usage: ${command} --origin <https://host> --id <guid> [options]\n${lines.join("\n")}`;
}

/**
 * Writes manifest.xml, manifest.json and the JSON one's package for the admin centre.
 * @param {object} context
 * @param {string[]} context.argv
 * @param {string} context.command how it was called, for the usage
 * @param {{ manifest: string, shortcuts: string, icons: string }} context.sources paths of the developer's manifest,
 * the shortcuts and the folder of icons
 * @param {string} context.folder where the files are written if nothing else is said
 * @param {(line: string) => void} context.print
 */
export async function writeManifests({ argv, command, sources, folder, print }) {
  const usage = usageOf(command);
  const kinds = Object.fromEntries(
    Object.keys(options).map((name) => [name, /** @type {const} */ ("string")]),
  );
  const values = readArguments(argv, kinds, usage);
  for (const name of required) {
    if (values[name] === undefined) throw failure(`--${name} is missing.\n\n${usage}`, 2);
  }
  const developer = await readFile(sources.manifest, "utf8");
  const xml = organisationManifest(developer, /** @type {any} */ (values));
  const shortcuts = JSON.parse(await readFile(sources.shortcuts, "utf8"));
  const json = `${JSON.stringify(jsonManifest(xml, shortcuts), null, 2)}\n`;
  /** @param {string} name */
  const icon = (name) => readFile(path.join(sources.icons, name));
  const packed = zip({
    "manifest.json": Buffer.from(json),
    "color.png": await icon("color-192.png"),
    "outline.png": await icon("outline-32.png"),
  });
  const target = String(values["folder"] ?? folder);
  /** @param {unknown} error @returns {never} */
  const refuse = (error) => {
    const { code } = /** @type {{ code?: string }} */ (error);
    throw failure(`The folder ${target} cannot be written (${code}). Choose another one with --folder.`);
  };
  await mkdir(target, { recursive: true }).catch(refuse);
  for (const [name, content] of Object.entries({
    "manifest.xml": xml,
    "manifest.json": json,
    "manifest.zip": packed,
  })) {
    const file = path.join(target, name);
    await writeFile(file, content).catch(refuse);
    print(path.relative(process.cwd(), file));
  }
  print("Upload manifest.xml in the Microsoft 365 admin centre. manifest.zip is for people with a current");
  print("Microsoft 365 only: where both are deployed, it hides the other.");
}
