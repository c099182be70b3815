/**
 * Packs the built add-in and service with all packages that they need, as an npm package with bundled dependencies. It
 * is installed by `npm install -g FILE`, or unpacked and started by `node`; neither downloads anything.
 * @module
 */
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { failure } from "./failure.mjs";
import { npmProgram } from "./package-program.mjs";
import { runQuietly } from "./run.mjs";

/** Files of packages that only developers need: two thirds of the size. */
const unneeded = /\.(map|[cm]?ts|md|markdown|flow)$|\/(\.github|test|tests|__tests__|benchmarks?|examples?)$/;

/**
 * Reproducible: the same sources give the same bytes, because npm writes fixed times and owners, and file modes do not
 * depend on the umask.
 * @param {object} context
 * @param {string} context.root the project's folder, with dist/addin and dist/service built
 * @param {string} context.folder where the files are written
 * @returns {Promise<string[]>} paths of the package, its SBOM (CycloneDX), the licences, manifest.xml and checksums
 */
export async function release({ root, folder }) {
  const own = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
  const work = mkdtempSync(path.join(os.tmpdir(), "kal-release-"));
  const umask = process.umask(0o022);
  try {
    const stage = path.join(work, "package");
    const packages = await productionPackages(root);
    copyProduct(root, stage);
    for (const place of packages) copyPackage(root, stage, place);
    writeJson(path.join(stage, "package.json"), packageOf(own));
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const archive = path.join(folder, `kal-${own.version}.tgz`);
    const packed = await npm(["pack", "--ignore-scripts", "--offline", "--json"], stage);
    const [{ filename }] = JSON.parse(packed);
    cpSync(path.join(stage, filename), archive);

    const sbom = path.join(folder, `kal-${own.version}.cdx.json`);
    writeJson(sbom, await describePackages(root, own, work));
    const licences = path.join(folder, "LICENCES.txt");
    writeFileSync(licences, licencesOf(root, packages));
    const manifest = path.join(folder, "manifest.xml");
    cpSync(path.join(root, "manifest.xml"), manifest);
    const files = [archive, sbom, licences, manifest];
    const sums = path.join(folder, "SHA256SUMS");
    // gzip's output depends on Node's zlib, so there is also a checksum of the uncompressed archive.
    const unpacked = `${sha256(gunzipSync(readFileSync(archive)))}  kal-${own.version}.tar\n`;
    const lines = files.map((file) => `${sha256(readFileSync(file))}  ${path.basename(file)}\n`);
    writeFileSync(sums, lines.join(""));
    const unpackedSums = path.join(folder, "SHA256SUMS.unpacked");
    writeFileSync(unpackedSums, unpacked);
    return [...files, sums, unpackedSums];
  } finally {
    process.umask(umask);
    rmSync(work, { recursive: true, force: true });
  }
}

/** What a release has beside pages and service: the guide, the examples and `kal manifest`. */
const shipped = [
  "LICENSE",
  "manifest.xml",
  "CHANGELOG.md",
  "deploy",
  ...["administrator", "configuration", "errors", "limits", "monitoring", "release-checklist"].map(
    (page) => `docs/${page}.md`,
  ),
  "scripts/manifest",
  "scripts/lint-manifest.mjs",
  "scripts/steps/arguments.mjs",
  "scripts/steps/failure.mjs",
];

/** `kal manifest` reads XML with a package that the service does not load. */
const program = `#!/usr/bin/env node
if (process.argv[2] === "manifest") await import("../scripts/manifest/kal.mjs");
else await import("../dist/service/kal.js");
`;

/** @param {string} root @param {string} stage */
function copyProduct(root, stage) {
  for (const part of ["addin", "service"]) {
    cpSync(path.join(root, "dist", part), path.join(stage, "dist", part), {
      recursive: true,
      filter: (file) => !file.endsWith(".map"),
    });
  }
  for (const file of shipped) cpSync(path.join(root, file), path.join(stage, file), { recursive: true });
  mkdirSync(path.join(stage, "bin"));
  writeFileSync(path.join(stage, "bin/kal.mjs"), program, { mode: 0o755 });
}

/** @param {string} root @param {string} stage @param {string} place such as `node_modules/fastify` */
function copyPackage(root, stage, place) {
  const from = path.join(root, place);
  cpSync(from, path.join(stage, place), {
    recursive: true,
    // Nested packages are copied by their own calls.
    filter: (file) =>
      file === from ||
      (path.basename(file) !== "node_modules" &&
        (isLicence(file) || !unneeded.test(file.replaceAll("\\", "/")))),
  });
}

/** @param {string} file */
const isLicence = (file) => /^(licen[cs]e|notice|copying)/i.test(path.basename(file));

/**
 * Our package.json without what only developers need.
 * @param {{ name: string, version: string, description: string, license: string, engines: object, dependencies: object }} own
 */
function packageOf({ version, description, license, engines, dependencies }) {
  return {
    name: "kal",
    version,
    description,
    license,
    type: "module",
    bin: { kal: "bin/kal.mjs" },
    files: ["bin", "dist", "deploy", "docs", "scripts", "manifest.xml", "CHANGELOG.md"],
    engines: { node: /** @type {{ node: string }} */ (engines).node },
    dependencies,
    bundleDependencies: Object.keys(dependencies),
  };
}

/** @param {string} root @returns {Promise<string[]>} the packages' folders, relative to the root */
async function productionPackages(root) {
  const output = await npm(["ls", "--omit=dev", "--all", "--parseable"], root);
  return output
    .split("\n")
    .filter((line) => line.startsWith(root) && line !== root)
    .map((line) => path.relative(root, line).replaceAll("\\", "/"))
    .sort();
}

/**
 * npm's own SBOM, without the parts that change from run to run. npm stops at bundled dependencies, and reports
 * packages that development also needs as development's. So it reads a copy of the project with our dependencies only.
 * @param {string} root
 * @param {{ dependencies: object, overrides: object, version: string }} own
 * @param {string} work
 */
async function describePackages(root, own, work) {
  const copy = path.join(work, "sbom");
  mkdirSync(copy);
  const { dependencies, version } = own;
  const { cookie, "content-disposition": disposition } = /** @type {Record<string, string>} */ (
    own.overrides
  );
  const overrides = { cookie, "content-disposition": disposition };
  writeJson(path.join(copy, "package.json"), { name: "kal", version, dependencies, overrides });
  cpSync(path.join(root, "package-lock.json"), path.join(copy, "package-lock.json"));
  await npm(["install", "--package-lock-only", "--offline", "--ignore-scripts"], copy);
  const sbom = JSON.parse(
    await npm(
      ["sbom", "--package-lock-only", "--sbom-format", "cyclonedx", "--sbom-type", "application"],
      copy,
    ),
  );
  delete sbom.serialNumber;
  delete sbom.metadata.timestamp;
  return sbom;
}

/** @param {string} root @param {string[]} packages */
function licencesOf(root, packages) {
  return packages
    .map((place) => {
      const folder = path.join(root, place);
      const { name, version, license } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
      const texts = readdirSync(folder)
        .filter(isLicence)
        .sort()
        .map((file) => readFileSync(path.join(folder, file), "utf8").trim());
      const text = texts.length > 0 ? texts.join("\n\n") : "(The package ships no licence text.)";
      return `${name} ${version}: ${license ?? "see below"}\n\n${text}\n`;
    })
    .join(`\n${"-".repeat(80)}\n\n`);
}

/** @param {string[]} options @param {string} cwd @returns {Promise<string>} its output */
async function npm(options, cwd) {
  const { code, output } = await runQuietly(npmProgram([...options, "--loglevel=error"]), { cwd });
  if (code !== 0) throw failure(`npm ${options[0]} failed:\n${output}`);
  return output;
}

/** @param {string} file @param {unknown} content */
function writeJson(file, content) {
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
}

/** @param {Buffer} bytes */
function sha256(bytes) {
  return createHash("sha256").update(bytes).digest("hex");
}
