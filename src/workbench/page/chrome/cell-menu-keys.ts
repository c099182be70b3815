/**
 * The menu of cells by keyboard: the grid's own opens and answers by mouse only.
 * @module
 */
import type { IMouseEvent } from "@univerjs/engine-render";
import { IEditorBridgeService } from "@univerjs/sheets-ui";
import { ContextMenuPosition, IContextMenuService, ILayoutService } from "@univerjs/ui";
import type { Grid } from "../grid/grid.ts";
import { moveFocus } from "./menu-keys.ts";

/** Where the grid shows its menus, and what opens out of them. */
const panels = ".univer-popup, [data-u-context-menu-submenu]";

/** Frames until the grid counts as having opened nothing. */
const patience = 120;

export function followCellMenuKeys(grid: Grid): void {
  const menu = grid.injector.get(IContextMenuService);
  /** The panels that are open one out of the other, and the entry that has opened each but the first. */
  let levels: { readonly panel: HTMLElement; readonly opener: HTMLElement | undefined }[] = [];
  /** Stays after the grid has been told to close the panel, which takes it half a second. */
  const openers = new WeakMap<HTMLElement, HTMLElement>();
  /** What is typed before a panel is there. */
  let typedAhead: string[] | undefined;

  function openMenu(): void {
    const place = placeOfSelection(grid);
    if (!place) return;
    // The grid hears keys before anybody else, and would move its selection by what is typed ahead.
    (document.activeElement as HTMLElement).blur();
    menu.triggerContextMenu(place, ContextMenuPosition.MAIN_AREA);
    levels = [];
    enterPanel(undefined);
  }

  /** Puts the focus into the panel that opens, when the grid has drawn it. */
  function enterPanel(opener: HTMLElement | undefined): void {
    const keys = (typedAhead = ["Home"]);
    const isWanted = (panel: HTMLElement) =>
      !levels.some((level) => level.panel === panel) && (openers.get(panel) ?? opener) === opener;
    function look(frames: number): void {
      if (typedAhead !== keys) return;
      const panel = menu.visible ? openPanels().find(isWanted) : undefined;
      if (!panel && frames > 0) return void requestAnimationFrame(() => look(frames - 1));
      typedAhead = undefined;
      if (!panel) return void (opener ?? grid.injector.get(ILayoutService)).focus();
      if (opener) openers.set(panel, opener);
      levels.push({ panel, opener });
      for (const key of keys) press(key);
    }
    look(patience);
  }

  function leavePanel(): void {
    const { opener } = levels.pop()!;
    // As when the mouse goes elsewhere.
    opener?.dispatchEvent(
      new MouseEvent("mouseout", { bubbles: true, relatedTarget: levels.at(-1)?.panel ?? null }),
    );
    opener?.focus();
    if (levels.length > 0) return;
    menu.hideContextMenu();
    grid.injector.get(ILayoutService).focus();
  }

  function press(key: string): void {
    if (typedAhead) return void typedAhead.push(key);
    const panel = levels.at(-1)?.panel;
    if (!panel) return;
    const entries = entriesOf(panel);
    const entry = entries.find((one) => one.matches(":focus"));
    const opens = entry && hasMenu(entry);
    if (key === "Escape" || (key === "ArrowLeft" && levels.length > 1)) leavePanel();
    else if (opens && ["ArrowRight", "Enter", " "].includes(key)) {
      entry.click();
      enterPanel(entry);
    } else if (key === "Enter" || key === " ") entry?.click();
    else if (key === "Tab") while (levels.length > 0) leavePanel();
    else moveFocus(key, entries);
  }

  addEventListener(
    "keydown",
    (event) => {
      // Some entries hold a number.
      if (event.target instanceof HTMLInputElement) return;
      const isOpen = menu.visible || typedAhead !== undefined;
      const opens = !isOpen && isMenuKey(event) && canOpen(grid);
      if (!isOpen && !opens) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (opens) return openMenu();
      // Opened by mouse.
      if (!typedAhead && !levels.some(({ panel }) => isShown(panel))) {
        levels = openPanels().map((panel) => ({ panel, opener: undefined }));
      }
      press(event.key);
    },
    { capture: true },
  );
  // The browser's own menu.
  addEventListener("contextmenu", (event) => {
    if (isCellEditor(event.target)) event.preventDefault();
  });
}

function isMenuKey({ key, shiftKey }: KeyboardEvent): boolean {
  return key === "ContextMenu" || (shiftKey && key === "F10");
}

/** The keyboard is with the cells, and none is edited. */
function canOpen({ api }: Grid): boolean {
  return isCellEditor(document.activeElement) && !api.getActiveWorkbook()?.isCellEditing();
}

function isCellEditor(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('[data-u-comp="editor"]');
}

/** Below the selected cell, as the grid's menu wants to be told. */
function placeOfSelection({ injector }: Grid): IMouseEvent | undefined {
  const cell = injector.get(IEditorBridgeService).getLatestEditCellState();
  if (!cell) return undefined;
  const { position, canvasOffset } = cell;
  const clientX = canvasOffset.left + position.startX;
  const clientY = canvasOffset.top + position.endY;
  return { clientX, clientY, stopPropagation: () => undefined } as IMouseEvent;
}

function openPanels(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(panels)].filter(isShown);
}

function isShown(panel: HTMLElement): boolean {
  // The grid pushes a closed menu out of the window.
  return panel.checkVisibility({ visibilityProperty: true }) && panel.getBoundingClientRect().right > 0;
}

function entriesOf(panel: HTMLElement): HTMLElement[] {
  return [...panel.querySelectorAll<HTMLElement>("button:not(:disabled)")];
}

/** An arrow stands behind the words. */
function hasMenu(entry: HTMLElement): boolean {
  return entry.children.length > 1 && entry.lastElementChild instanceof SVGElement;
}
