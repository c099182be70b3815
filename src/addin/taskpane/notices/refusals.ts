/**
 * Why Excel refused a command of the ribbon: said above every section, as the command brought the pane forward for it.
 * @module
 */
import { activity } from "../../runtime/activity/activity.ts";
import { activityTexts } from "../texts/activity.ts";
import { say } from "./notices.ts";

/** Says it from now on; what was refused just before the pane was loaded, too. */
export function followRefusals(): void {
  let said: number | undefined;
  const follow = () => {
    const newest = activity.list().find(({ command }) => command !== undefined);
    if (!newest?.error || newest.id === said) return;
    said = newest.id;
    const { message, hint } = newest.error;
    say(activityTexts.commandRefused(activityTexts.commands[newest.command ?? ""] ?? "", message, hint));
  };
  follow();
  activity.onChange(follow);
}
