/**
 * The project's folder, independent of the current directory.
 * @module
 */
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/, "");
