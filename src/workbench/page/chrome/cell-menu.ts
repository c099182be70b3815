/**
 * Adds the add-in's entries to the end of the cell menu, as Excel does.
 * @module
 */
import { ContextMenuGroup, ContextMenuPosition } from "@univerjs/ui";
// @ts-expect-error -- React is the grid's, and comes without types.
import { createElement as createReactElement } from "react";
import type { Grid } from "../grid/grid.ts";
import type { CommandControl } from "./manifest.ts";

const createElement = createReactElement as (tag: string, properties: object) => object;

/** @param press executes the action of a control in the manifest */
export function addToCellMenu(
  { api }: Grid,
  controls: readonly CommandControl[],
  press: (control: CommandControl) => void,
): void {
  function entryFor(control: CommandControl, order: number) {
    const { id, label: title, icon, items } = control;
    // The grid finds icons by component name.
    if (icon) {
      api.registerComponent(id, ({ className }: { className?: string }) =>
        createElement("img", { src: icon, alt: "", className, style: { width: "1em", height: "1em" } }),
      );
    }
    const entry = { id, title, order, ...(icon && { icon: id }) };
    if (!items) return api.createMenu({ ...entry, action: () => press(control) });
    const menu = api.createSubmenu(entry);
    for (const [index, item] of items.entries()) menu.addSubmenu(entryFor(item, index));
    return menu;
  }

  for (const [index, control] of controls.entries()) {
    entryFor(control, index).appendTo([ContextMenuPosition.MAIN_AREA, ContextMenuGroup.OTHERS]);
  }
}
