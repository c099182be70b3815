/**
 * Excel's own undo takes back what the pane has written as well: then the pane's line about it is no longer true.
 * @module
 */
import { isStillThere } from "../cells/write-formula.ts";
import { untilChanged } from "../notices/until-changed.ts";
import type { Builder } from "./builder.ts";

/** Clears the line that offers to undo, once its formula is gone or changed. */
export function endWhenGone(builder: Builder): void {
  const { outcome, editing } = builder;
  if (!outcome?.undo || !editing) return;
  // A line that gets a remark later is the same line.
  const isShown = () => builder.outcome?.undo === outcome.undo;
  untilChanged(
    () => {
      if (isShown()) builder.outcome = undefined;
    },
    async () => !isShown() || !(await isStillThere(editing.cell)),
  );
}
