/**
 * Makes the commands known to Excel, and loads them.
 * @module
 */
import { loadCode } from "../runtime/load-code.ts";
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

const loadCommands = () => loadCode(() => import("./commands.ts"));
