/**
 * `npm run docs`: writes the pages that are made from the code's own tables (errors, configuration, limits), of what callers
 * see when upstreams fail and when everybody comes at once (reliability), and of what the tests saw of hostile input.
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
