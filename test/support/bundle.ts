/**
 * Bundles a script for the page, as webpack does for the product but in a tenth of the time.
 * @module
 */
import { build, type Rolldown } from "vite";

/** @returns a TypeScript file with all its imports, also those that the product loads later, as one classic script. */
export async function bundle(file: string): Promise<string> {
  const [built] = (await build({
    configFile: false,
    logLevel: "warn",
    publicDir: false,
    define: { "process.env.NODE_ENV": '"development"' },
    build: {
      write: false,
      minify: false,
      target: "es2022",
      lib: { entry: file, formats: ["iife"], name: "bundled" },
    },
  })) as Rolldown.RolldownOutput[];
  return built!.output[0].code;
}
