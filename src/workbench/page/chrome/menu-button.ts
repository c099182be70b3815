/**
 * A button with a menu for mouse and keyboard, following the ARIA Authoring Practices. The browser's `popover` handles
 * opening, closing and the layer.
 * @module
 */
import { moveFocus } from "./menu-keys.ts";

export interface MenuItem {
  readonly label: string;
  readonly choose: () => void;
  /** A combination such as `Ctrl+S`. The menu only displays it. */
  readonly keys?: string;
  /** For an item that is on or off. */
  readonly checked?: boolean;
  /** A heading above this item, which starts a new group. */
  readonly group?: string;
}

/** @param items called every time the menu opens */
export function createMenuButton(
  button: HTMLButtonElement,
  items: () => readonly MenuItem[] | Promise<readonly MenuItem[]>,
): void {
  const menu = document.createElement("div");
  menu.className = "menu";
  menu.popover = "auto";
  menu.setAttribute("role", "menu");
  menu.setAttribute("aria-label", button.textContent.trim());
  button.after(menu);
  button.popoverTargetElement = menu;
  button.setAttribute("aria-haspopup", "menu");
  button.setAttribute("aria-expanded", "false");

  const entries = () => [...menu.querySelectorAll<HTMLElement>("button")];
  let firstKey = "Home";
  /** Keys typed before the entries exist. */
  let typedAhead: string[] | undefined;
  let asked: ReturnType<typeof items> = [];

  // The menu itself gets the focus as soon as it opens, so that no key typed before its entries appear is lost.
  menu.tabIndex = -1;
  menu.autofocus = true;
  menu.addEventListener("beforetoggle", ({ newState }) => {
    if (newState !== "open") return;
    const { left, bottom } = button.getBoundingClientRect();
    Object.assign(menu.style, { left: `${left}px`, top: `${bottom + 4}px` });
    typedAhead = [firstKey];
    firstKey = "Home";
    asked = items();
  });
  menu.addEventListener("toggle", ({ newState }) => {
    const isOpen = newState === "open";
    button.setAttribute("aria-expanded", String(isOpen));
    if (isOpen) void Promise.resolve(asked).then(show);
  });

  function show(all: readonly MenuItem[]): void {
    menu.replaceChildren(...all.flatMap((item) => rowsFor(item, menu)));
    const { left, right } = menu.getBoundingClientRect();
    const beyond = right - document.documentElement.clientWidth + 8;
    if (beyond > 0) menu.style.left = `${Math.max(8, left - beyond)}px`;
    for (const key of typedAhead ?? []) {
      if (key === "Enter" || key === " ")
        entries()
          .find((entry) => entry.matches(":focus"))
          ?.click();
      else moveFocus(key, entries());
    }
    typedAhead = undefined;
  }

  button.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    firstKey = event.key === "ArrowUp" ? "End" : "Home";
    menu.showPopover();
  });

  menu.addEventListener("keydown", (event) => {
    if (event.key === "Tab") menu.hidePopover();
    if (event.key === "Tab" || event.key === "Escape") return;
    if (typedAhead) typedAhead.push(event.key);
    else if (!moveFocus(event.key, entries())) return;
    event.preventDefault();
  });
}

function rowsFor(item: MenuItem, menu: HTMLElement): HTMLElement[] {
  const entry = document.createElement("button");
  entry.type = "button";
  entry.tabIndex = -1;
  entry.setAttribute("role", item.checked === undefined ? "menuitem" : "menuitemcheckbox");
  if (item.checked !== undefined) entry.setAttribute("aria-checked", String(item.checked));
  const label = document.createElement("span");
  label.textContent = item.label;
  entry.append(label);
  if (item.keys) {
    const keys = document.createElement("kbd");
    keys.textContent = item.keys;
    entry.setAttribute("aria-keyshortcuts", item.keys.replace("Ctrl", "Control"));
    keys.ariaHidden = "true";
    entry.append(keys);
  }
  entry.addEventListener("click", () => {
    menu.hidePopover();
    item.choose();
  });
  if (item.group === undefined) return [entry];
  const heading = document.createElement("p");
  heading.setAttribute("role", "presentation");
  heading.textContent = item.group;
  return [heading, entry];
}
