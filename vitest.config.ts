/**
 * The test layers, each a project of its own: `npx vitest run --project unit`.
 */
import { defineConfig } from "vitest/config";

const layer = (name: string, more: object = {}) => ({
  extends: true as const,
  test: { name, include: [`test/${name}/**/*.test.ts`], ...more },
});

/**
 * Nothing takes so long: the limits only end what hangs, on the slowest machine too. Files share a worker, so that
 * packages such as fastify, msal-node and office.js are loaded once for each worker and not for each file.
 */
const patient = { testTimeout: 60_000, hookTimeout: 60_000, isolate: false };

/** A busy computer delays a browser at any point, so what fails there in CI is tried once more; vitest names it. */
const retry = process.env["CI"] === undefined ? 0 : 1;

export default defineConfig({
  define: { KAL_VERSION: JSON.stringify("0.0.0-test") },
  test: {
    // A condition that is waited for may take long on a busy machine; a wrong one fails all the same.
    expect: { poll: { timeout: 15_000 } },
    // All cores: vitest would leave one idle, which is half of a small machine.
    maxWorkers: "100%",
    // More room for short-lived objects: what tests spend on collecting them is a seventh of their time.
    execArgv: ["--max-semi-space-size=64"],
    // Files share a worker: what a test puts in place of the environment's own is gone before the next.
    unstubEnvs: true,
    unstubGlobals: true,
    coverage: { include: ["src/**/*.ts"], reportsDirectory: "coverage" },
    projects: [
      layer("unit", { ...patient, setupFiles: "test/support/fresh-modules.ts" }),
      layer("gateway", patient),
      layer("contract", { ...patient, retry, setupFiles: "test/support/close-simulators.ts" }),
      layer("operations", patient),
      layer("ship", { ...patient, isolate: true, testTimeout: 120_000 }),
      layer("browser", { ...patient, retry, hookTimeout: 120_000 }),
    ],
  },
});
