/**
 * A small project in a temporary folder for the scripts to work on.
 * @module
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";

/**
 * @param files path -> content; anything but text is written as JSON
 * @returns the folder; it is deleted when the test has finished
 */
export function makeProject(files: Record<string, unknown>): string {
  const root = mkdtempSync(path.join(os.tmpdir(), "kal-project-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [file, content] of Object.entries(files)) addFile(root, file, content);
  return root;
}

export function addFile(root: string, file: string, content: unknown): void {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), typeof content === "string" ? content : JSON.stringify(content));
}

/** The files of an installed package with this program. */
export function packageFiles(name: string, program: string): Record<string, unknown> {
  return {
    [`node_modules/${name}/package.json`]: { bin: { [name]: "cli.cjs" } },
    [`node_modules/${name}/cli.cjs`]: program,
  };
}
