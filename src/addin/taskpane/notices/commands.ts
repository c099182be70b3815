/**
 * Shows the result of a command of the ribbon, the cell menu or a shortcut. It is shown above every section, because
 * the command opened the pane for it.
 * @module
 */
import { runtime } from "../../addin.ts";
import { type CommandOutcome } from "../../runtime/command-outcome.ts";
import { activityTexts as texts } from "../texts/activity.ts";
import { say, unsay } from "./notices.ts";
import { untilChanged } from "./until-changed.ts";

/** Shows results from now on, and that of a command just before the pane was loaded. */
export function followCommands(): void {
  let said: string | undefined;
  let stopWaiting = () => {};
  const clear = () => {
    if (said !== undefined) unsay(said);
  };
  const follow = () => {
    const outcome = runtime.commandOutcomes.last();
    const text = wordsOf(outcome);
    stopWaiting();
    if (text !== undefined) say(text);
    // A success clears the message of an earlier command.
    else clear();
    said = text;
    if (text !== undefined && isPassing(outcome)) stopWaiting = untilChanged(clear);
  };
  if (runtime.commandOutcomes.last()) follow();
  runtime.commandOutcomes.onChange(follow);
}

/** Whether a change of the workbook may make the message untrue; a running refresh and an error stay. */
function isPassing({ error, result }: Partial<CommandOutcome> = {}): boolean {
  return !error && !(result && "cells" in result.did && !result.ended);
}

function wordsOf({ command, error, note, result }: Partial<CommandOutcome> = {}): string | undefined {
  const name = texts.commands[command ?? ""] ?? "";
  if (error) return texts.commandTold(name, error.message, error.hint);
  if (result) return `${name}: ${texts.commandResult(result)}`;
  return note && texts.commandTold(name, texts.commandNotes[note].what, texts.commandNotes[note].next);
}
