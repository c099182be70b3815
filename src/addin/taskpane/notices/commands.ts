/**
 * What came of a command of the ribbon, of the menu of cells or of a shortcut: said above every section, as the command
 * brought the pane forward for it.
 * @module
 */
import { runtime } from "../../addin.ts";
import { type CommandOutcome } from "../../runtime/command-outcome.ts";
import { activityTexts as texts } from "../texts/activity.ts";
import { notices, say, unsay } from "./notices.ts";

/** Says it from now on; what came of one just before the pane was loaded, too. */
export function followCommands(): void {
  let said: string | undefined;
  const follow = () => {
    const text = wordsOf(runtime.commandOutcomes.last());
    if (text !== undefined) say(text);
    // What an earlier command has met is no news once another has gone well.
    else if (notices.said === said) unsay();
    said = text;
  };
  if (runtime.commandOutcomes.last()) follow();
  runtime.commandOutcomes.onChange(follow);
}

function wordsOf({ command, error, note, result }: Partial<CommandOutcome> = {}): string | undefined {
  const name = texts.commands[command ?? ""] ?? "";
  if (error) return texts.commandTold(name, error.message, error.hint);
  if (result) return `${name}: ${texts.commandResult(result)}`;
  return note && texts.commandTold(name, texts.commandNotes[note].what, texts.commandNotes[note].next);
}
