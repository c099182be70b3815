/**
 * `npm run check`: types, lint rules, import cycles, formatting and the manifest. All checks run even if one fails, so
 * that one command shows every problem.
 * @module
 */
import path from "node:path";
import { runScript } from "./steps/failure.mjs";
import { install } from "./steps/install.mjs";
import { packageProgram } from "./steps/package-program.mjs";
import { root } from "./steps/root.mjs";
import { runVisibly } from "./steps/run.mjs";

await runScript(async () => {
  await install({ root, say: console.error });
  const checks = {
    // The projects that no other project references; the ones they reference are checked with them.
    types: packageProgram(root, "typescript", ["-b", "src/addin/page", "test", "scripts", "bench"], "tsc"),
    lint: packageProgram(root, "eslint", ["."]),
    imports: packageProgram(
      root,
      "dependency-cruiser",
      [
        "--config",
        "dependency-cruiser.config.mjs",
        "--output-type",
        "err",
        "src",
        "scripts",
        "bench",
        "test",
      ],
      "depcruise",
    ),
    layout: packageProgram(root, "prettier", ["--check", "--log-level", "warn", "."]),
    manifest: { program: process.execPath, arguments: [path.join(root, "scripts/lint-manifest.mjs")] },
  };
  const failed = [];
  for (const [name, command] of Object.entries(checks)) {
    if ((await runVisibly(command, { cwd: root })) !== 0) failed.push(name);
  }
  console.log(
    failed.length === 0 ? `${Object.keys(checks).join(", ")}: passed` : `failed: ${failed.join(", ")}`,
  );
  return failed.length === 0 ? 0 : 1;
});
