/**
 * The service of the release before this one, built from its sources with its own packages.
 * @module
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";

const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };

const git = (...argv: string[]) => spawnSync("git", argv, { encoding: "utf8" }).stdout?.trim() ?? "";

/** What its build reads. A release before this layer may lack some of it. */
const sources = [
  "src",
  "assets",
  "scripts",
  "manifest.xml",
  "package.json",
  "package-lock.json",
  "webpack.config.js",
  "tsconfig.json",
];

/**
 * The newest tag before this commit. As long as there is none, the commit that gave the package its version.
 * @returns undefined if this folder has no such history.
 */
export function findReleaseBefore(): string | undefined {
  if (git("rev-parse", "--is-shallow-repository") !== "false") return undefined;
  const tag = git("describe", "--tags", "--abbrev=0", "--match", "v*", "HEAD^");
  return (
    tag || git("log", "-1", "--format=%h", `-S"version": "${version}"`, "--", "package.json") || undefined
  );
}

/**
 * Builds it with the packages that it was locked to, from npm's cache where they are there.
 * @returns its program.
 */
export function buildRelease(commit: string, folder: string): string {
  mkdirSync(folder, { recursive: true });
  const run = (command: string, ...argv: string[]) => {
    const { status, stdout, stderr } = spawnSync(command, argv, { cwd: folder, encoding: "utf8" });
    if (status !== 0) throw new Error(`${command} ${argv.join(" ")} failed:\n${stdout}${stderr}`);
  };
  const archive = path.join(folder, "sources.tar");
  run("git", "-C", process.cwd(), "archive", "--output", archive, commit, ...sources);
  run("tar", "xf", archive);
  run("npm", "ci", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund");
  run(
    process.execPath,
    "node_modules/webpack-cli/bin/cli.js",
    "--mode",
    "production",
    "--config-name",
    "service",
  );
  return path.join(folder, "dist/service/program.js");
}
