/**
 * Bundles a script for the page, as webpack does for the product.
 * @module
 */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import webpack from "webpack";

/** @returns a TypeScript file with all its imports, as one classic script. */
export async function bundle(file: string): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "kal-bundle-"));
  try {
    const compiler = webpack({
      mode: "development",
      devtool: false,
      target: ["web", "es2022"],
      entry: file,
      output: { path: folder, filename: "script.js" },
      module: {
        // Includes modules that the product loads later.
        parser: { javascript: { dynamicImportMode: "eager" } },
        rules: [{ test: /\.ts$/, loader: "esbuild-loader", options: { target: "es2022" } }],
      },
    });
    const stats = await promisify(compiler.run.bind(compiler))();
    if (stats?.hasErrors()) throw new Error(stats.toString("errors-only"));
    return await readFile(path.join(folder, "script.js"), "utf8");
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
