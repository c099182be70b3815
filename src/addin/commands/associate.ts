/**
 * Registers the commands with Excel, and loads their code.
 * @module
 */
import { loadCode } from "../runtime/load-code.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { carryOut, type CommandEvent } from "./carry-out.ts";
import { commandNames } from "./command-names.ts";

/** Excel delays clicks until this has been called. */
export function associateCommands(runtime: Runtime): void {
  // Loaded after the functions, but not later: the service may be down when the person wants to convert to values.
  void Office.onReady(() => loadCommands().catch(() => undefined));
  for (const name of commandNames) {
    const command = async () => (await loadCommands()).createCommands(runtime)[name]();
    Office.actions.associate(name, (event?: CommandEvent) => void carryOut(runtime, name, command, event));
  }
}

const loadCommands = () => loadCode(() => import(/* webpackChunkName: "behind-functions" */ "./commands.ts"));
