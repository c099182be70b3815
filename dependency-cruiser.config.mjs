/**
 * Files import each other in one direction. Lint's own rule against circles passes over imports of types, and those are
 * most of ours.
 */

/** The folders that a request goes through in the gateway, from above: each knows only those below it. */
const layers = ["routes", "answers", "shared", "plan", "slices", "data-api"];

/** @param {readonly string[]} folders */
const gatewayPath = (folders) => `^src/gateway/(${folders.join("|")})/`;

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    {
      name: "no-circles",
      comment: "These files import each other. Put what both need into a file that imports neither.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    ...layers.slice(1).map((layer, at) => ({
      name: `${layer}-knows-nothing-above-it`,
      comment: `In src/gateway the way of a request is ${layers.join(" > ")}: see docs/architecture.md.`,
      severity: /** @type {const} */ ("error"),
      from: { path: gatewayPath([layer]) },
      to: { path: gatewayPath(layers.slice(0, at + 1)) },
    })),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
  },
};
