/**
 * Checks a manifest offline: the Office tools' validator uploads it, and schemas miss most errors that break an add-in.
 * Used by the tests, by `npm run manifest`, and by hand: `node scripts/lint-manifest.mjs [manifest.xml]`.
 * @module
 */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { readManifest } from "./manifest/read-manifest.mjs";
import { rules } from "./manifest/rules.mjs";

/**
 * @param {string} xml
 * @returns {{ rule: string, line: number, message: string }[]} the findings in the order of the rules; empty for a
 * valid manifest
 */
export function lintManifest(xml) {
  let root;
  try {
    root = readManifest(xml);
  } catch (error) {
    const { line, message } = /** @type {Error & { line: number }} */ (error);
    return [{ rule: "well-formed", line, message }];
  }
  return rules.flatMap(({ id, check }) =>
    Array.from(check(root), ({ element, message }) => ({
      rule: id,
      line: element.line,
      message: `<${element.name}>: ${message}`,
    })),
  );
}

/** @param {{ rule: string, line: number, message: string }[]} findings */
export function describeFindings(findings) {
  return findings.map(({ rule, line, message }) => `  line ${line}: ${message} (${rule})`).join("\n");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = process.argv[2] ?? fileURLToPath(new URL("../manifest.xml", import.meta.url));
  const findings = lintManifest(await readFile(file, "utf8"));
  if (findings.length > 0) console.error(`${file}\n${describeFindings(findings)}`);
  process.exitCode = findings.length > 0 ? 1 : 0;
}
