/**
 * The project's folder, from wherever a script is started.
 * @module
 */
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/, "");
