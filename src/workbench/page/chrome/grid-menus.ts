/**
 * Finds the grid's menus in the page, because the grid has no API for them.
 * @module
 */

const submenuMark = "[data-u-context-menu-submenu]";

/** The visible menu. Closed ones stay on the page, outside the visible area. */
export function cellMenu(): HTMLElement | undefined {
  const menus = [...document.querySelectorAll<HTMLElement>(".univer-popup > section")];
  return menus.findLast((menu) => menu.getBoundingClientRect().right > 0);
}

/** The visible submenu. It does not count while the grid is still positioning it. */
export function submenu(): HTMLElement | undefined {
  const menus = [...document.querySelectorAll<HTMLElement>(submenuMark)];
  return menus.findLast((menu) => !menu.hidden && getComputedStyle(menu).visibility === "visible");
}

/** The entries of a menu, with accessible names. */
export function entriesOf(menu: HTMLElement | undefined): HTMLElement[] {
  menu?.setAttribute("role", "menu");
  const entries = [...(menu?.querySelectorAll<HTMLElement>("button:enabled") ?? [])];
  for (const entry of entries) {
    entry.setAttribute("role", "menuitem");
    if (hasSubmenu(entry)) entry.setAttribute("aria-haspopup", "menu");
  }
  return entries;
}

export function hasSubmenu(entry: HTMLElement): boolean {
  return entry.querySelector(".univerjs-icon-more-icon") !== null;
}

/** Whether the page still has any submenu. An entry entered again before its submenu is removed would not show it. */
export function hasSubmenus(): boolean {
  return document.querySelector(submenuMark) !== null;
}

/** Opens the submenu of an entry; the grid does this only for mouse events. */
export function enter(entry: HTMLElement): void {
  entry.dispatchEvent(new MouseEvent("mouseover", { bubbles: true }));
}

/** Closes the submenu. The grid does this half a second after the mouse has left, so it is hidden at once. */
export function leave(entry: HTMLElement): void {
  for (const menu of document.querySelectorAll<HTMLElement>(submenuMark)) menu.hidden = true;
  // The grid handles only a mouse that moves to one of its own elements.
  entry.dispatchEvent(new MouseEvent("mouseout", { bubbles: true, relatedTarget: entry.closest("section") }));
}
