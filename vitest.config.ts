/**
 * The test layers, each a project of its own: `npx vitest run --project unit`.
 */
import { defineConfig } from "vitest/config";

const layer = (name: string, more: object = {}) => ({
  extends: true as const,
  test: { name, include: [`test/${name}/**/*.test.ts`], ...more },
});

/** Nothing takes so long: the limits only end what hangs, on the slowest machine too. */
const patient = { testTimeout: 60_000, hookTimeout: 60_000 };

export default defineConfig({
  define: { KAL_VERSION: JSON.stringify("0.0.0-test") },
  test: {
    // All cores: vitest would leave one idle, which is half of a small machine.
    maxWorkers: "100%",
    projects: [
      layer("unit", patient),
      layer("gateway", patient),
      layer("contract", patient),
      layer("operations", patient),
      layer("browser", { testTimeout: 60_000, hookTimeout: 120_000 }),
    ],
  },
});
