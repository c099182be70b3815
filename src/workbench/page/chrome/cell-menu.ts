/**
 * What the add-in adds to the menu of cells, at its end, as Excel does.
 * @module
 */
import { ContextMenuGroup, ContextMenuPosition } from "@univerjs/ui";
// @ts-expect-error -- React is the grid's, and comes without types.
import { createElement as createReactElement } from "react";
import type { Grid } from "../grid/grid.ts";
import type { CommandControl } from "./manifest.ts";

const createElement = createReactElement as (tag: string, properties: object) => object;

/** @param press does what the manifest says of a control */
export function addToCellMenu(
  { api }: Grid,
  controls: readonly CommandControl[],
  press: (control: CommandControl) => void,
): void {
  function entryFor(control: CommandControl, order: number) {
    const { id, label: title, icon, items } = control;
    // The grid knows icons by the names of components.
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
