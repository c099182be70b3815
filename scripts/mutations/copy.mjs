/**
 * Copies the project and breaks protections in the copy, so that the checkout is never changed.
 * @module
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { root } from "../steps/root.mjs";

const left = new Set(["node_modules", ".git", "coverage"]);

/** @returns the copy's folder, which links to the checkout's packages, and a function that deletes it */
export function copyProject() {
  const folder = mkdtempSync(path.join(tmpdir(), "kal-mutations-"));
  cpSync(root, folder, { recursive: true, filter: (file) => !left.has(path.relative(root, file)) });
  // On Windows a junction, unlike a symbolic link, needs no administrator rights.
  symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"), "junction");
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/**
 * Breaks one protection.
 * @param {string} folder
 * @param {import("./mutations.mjs").Mutation} mutation
 * @returns a function that restores the file
 * @throws Error unless the text to replace occurs in the file exactly once
 */
export function mutate(folder, { file, find, replace }) {
  const place = path.join(folder, file);
  const source = readFileSync(place, "utf8");
  const parts = source.split(find);
  if (parts.length !== 2) throw new Error(`${file} holds this ${parts.length - 1} times, not once:\n${find}`);
  writeFileSync(place, parts.join(replace));
  return () => writeFileSync(place, source);
}
