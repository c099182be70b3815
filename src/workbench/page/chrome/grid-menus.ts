/**
 * The grid's menus as they stand on the page: it tells of none of these by its interface.
 * @module
 */

const submenuMark = "[data-u-context-menu-submenu]";

/** The menu that is shown. Closed ones stay on the page, beyond its edge. */
export function cellMenu(): HTMLElement | undefined {
  const menus = [...document.querySelectorAll<HTMLElement>(".univer-popup > section")];
  return menus.findLast((menu) => menu.getBoundingClientRect().right > 0);
}

/** The submenu that is shown; while the grid looks for its place it is not. */
export function submenu(): HTMLElement | undefined {
  const menus = [...document.querySelectorAll<HTMLElement>(submenuMark)];
  return menus.findLast((menu) => !menu.hidden && getComputedStyle(menu).visibility === "visible");
}

/** What can be chosen from a menu, named for those who listen. */
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

/** Whether the page has any still. One that is entered again before it has gone would not be shown again. */
export function hasSubmenus(): boolean {
  return document.querySelector(submenuMark) !== null;
}

/** Opens the submenu of an entry, which the grid does when the mouse comes, and only then. */
export function enter(entry: HTMLElement): void {
  entry.dispatchEvent(new MouseEvent("mouseover", { bubbles: true }));
}

/** Closes it again, which the grid does half a second after the mouse has gone: until then it is out of sight. */
export function leave(entry: HTMLElement): void {
  for (const menu of document.querySelectorAll<HTMLElement>(submenuMark)) menu.hidden = true;
  // The grid knows only where within its own the mouse may go.
  entry.dispatchEvent(new MouseEvent("mouseout", { bubbles: true, relatedTarget: entry.closest("section") }));
}
