/**
 * The add-in of this page: its one runtime, and the custom functions on it.
 * @module
 */
import { createFunctions } from "./functions/create-functions.ts";
import { createRuntime } from "./runtime/runtime.ts";

export const runtime = createRuntime();
export const functions = createFunctions(runtime);
