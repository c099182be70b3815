/**
 * Makes the commands known to Excel, and loads them.
 * @module
 */
import { KalError } from "../../kalibrate/errors.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { carryOut, type CommandEvent } from "./carry-out.ts";
import { commandNames } from "./command-names.ts";

/** Excel holds back clicks until this has been called. */
export function associateCommands(runtime: Runtime): void {
  // Now, behind the functions: later the service may be away, and values can be kept without it.
  void Office.onReady(() => loadCommands().catch(() => undefined));
  for (const name of commandNames) {
    const command = async () => (await loadCommands()).createCommands(runtime)[name]();
    Office.actions.associate(name, (event?: CommandEvent) => void carryOut(runtime, name, command, event));
  }
}

/** @throws KalError KAL_OFFLINE where the code cannot be loaded; the next command tries again */
async function loadCommands() {
  try {
    return await import("./commands.ts");
  } catch (cause) {
    throw new KalError("KAL_OFFLINE", { cause });
  }
}
