/**
 * `npm run docs`: writes the generated pages: the code's own tables (errors, configuration, limits), what callers see when
 * upstreams fail and under full load (reliability), and how the tests' hostile input is handled.
 */
import { spawnSync } from "node:child_process";
import path from "node:path";
import { build } from "./steps/build.mjs";
import { root } from "./steps/root.mjs";

await build({ root, say: console.error, wanted: ["service"] });
const vitest = path.join(root, "node_modules/vitest/vitest.mjs");
const { status } = spawnSync(
  process.execPath,
  [
    vitest,
    "run",
    "--update",
    ...["--project", "unit", "test/unit/documentation.test.ts"],
    ...[
      "--project",
      "gateway",
      "test/gateway/fault-table.test.ts",
      "test/gateway/hostile/hostile-input.test.ts",
    ],
    ...["--project", "operations", "test/operations/overload.test.ts"],
  ],
  { cwd: root, stdio: "inherit" },
);
process.exitCode = status ?? 1;
