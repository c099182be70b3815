/**
 * Keyboard control of the grid's cell menu, following the ARIA Authoring Practices: the grid itself supports only the
 * mouse. The menu opens at the selected cell; until it closes, the grid gets no keys.
 * @module
 */
import { RANGE_TYPE } from "@univerjs/core";
import type { IPointerEvent } from "@univerjs/engine-render";
import { ContextMenuPosition, IContextMenuService, ILayoutService } from "@univerjs/ui";
import { placeOfCell } from "../grid/place-of-cell.ts";
import type { Grid } from "../grid/grid.ts";
import { cellMenu, enter, entriesOf, hasSubmenu, hasSubmenus, leave, submenu } from "./grid-menus.ts";
import { keysOf } from "./key-combination.ts";
import { moveFocus } from "./menu-keys.ts";

/** Whole rows and columns have menus of their own. */
const positions: ReadonlyMap<RANGE_TYPE | undefined, string> = new Map([
  [RANGE_TYPE.COLUMN, ContextMenuPosition.COL_HEADER],
  [RANGE_TYPE.ROW, ContextMenuPosition.ROW_HEADER],
]);

const openingKeys: readonly string[] = ["Shift+F10", "CONTEXTMENU"];

/** Stop waiting for a menu to open or close after this many frames. */
const maxFrames = 120;

function when(isReady: () => boolean, then: () => void, frames = maxFrames): void {
  if (isReady() || frames === 0) then();
  else requestAnimationFrame(() => when(isReady, then, frames - 1));
}

/**
 * Call this before the grid exists: otherwise its own key handlers run first and take keys meant for the menu.
 * @returns a function that starts it once the grid exists
 */
export function createCellMenuKeys(): (grid: Grid) => void {
  let take: ((event: KeyboardEvent) => boolean) | undefined;
  addEventListener(
    "keydown",
    (event) => {
      if (!take?.(event)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    { capture: true },
  );
  return (grid) => {
    take = followCellMenuKeys(grid);
  };
}

/** @returns a function that handles a key, or returns false */
function followCellMenuKeys(grid: Grid): (event: KeyboardEvent) => boolean {
  const { api, injector } = grid;
  const menus = injector.get(IContextMenuService);
  const layout = injector.get(ILayoutService);
  /** Keys typed before the entries exist; undefined once they do. */
  const ahead: { keys: string[] | undefined } = { keys: undefined };
  /** The entry whose submenu is open. */
  let parent: HTMLElement | undefined;

  const isOpen = () => ahead.keys !== undefined || menus.visible;
  const hasGridKeyboard = () =>
    Boolean(document.activeElement?.matches('[data-u-comp="editor"]')) &&
    !api.getActiveWorkbook()?.isCellEditing();

  // The browser's own menu, which the same keys open; on some systems at key-up.
  addEventListener("contextmenu", (event) => {
    if (isOpen()) event.preventDefault();
  });

  return (event) => {
    if (!isOpen()) {
      if (!openingKeys.includes(keysOf(event)) || !hasGridKeyboard()) return false;
      open();
    } else if (ahead.keys) ahead.keys.push(event.key);
    else press(event.key);
    return true;
  };

  function open(): void {
    const range = api.getActiveWorkbook()?.getActiveRange();
    if (!range) return;
    const { x, y } = placeOfCell(grid, range);
    parent = undefined;
    ahead.keys = ["Home"];
    menus.triggerContextMenu(
      { clientX: x, clientY: y, preventDefault() {}, stopPropagation() {} } as IPointerEvent,
      positions.get(range.getRange().rangeType) ?? ContextMenuPosition.MAIN_AREA,
    );
    when(() => menus.visible, workOff);
  }

  /** Processes the keys typed ahead. */
  function workOff(): void {
    const keys = ahead.keys ?? [];
    ahead.keys = undefined;
    for (const key of keys) {
      // A key may have opened a submenu whose entries do not exist yet.
      if (ahead.keys) (ahead.keys as string[]).push(key);
      else if (menus.visible) press(key);
    }
  }

  function press(key: string): void {
    const entries = entriesOf(parent ? submenu() : cellMenu());
    const entry = entries.find((entry) => entry === document.activeElement);
    if (key === "Tab" || (key === "Escape" && !parent)) close();
    else if (parent && (key === "Escape" || key === "ArrowLeft")) closeSubmenu();
    else if (entry && hasSubmenu(entry) && ["ArrowRight", "Enter", " "].includes(key)) openSubmenu(entry);
    else if (key === "Enter" || key === " ") entry?.click();
    else moveFocus(key, entries);
  }

  function openSubmenu(entry: HTMLElement): void {
    parent = entry;
    ahead.keys = ["Home"];
    const isGone = () => !hasSubmenus();
    when(isGone, () => {
      enter(entry);
      when(() => submenu() !== undefined, workOff);
    });
  }

  function closeSubmenu(): void {
    if (!parent) return;
    leave(parent);
    parent.focus();
    parent = undefined;
  }

  function close(): void {
    closeSubmenu();
    menus.hideContextMenu();
    layout.focus();
  }
}
