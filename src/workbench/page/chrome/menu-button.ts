/**
 * A button with a menu, worked by mouse and keyboard as the ARIA Authoring Practices describe it. Opening, closing
 * and the layer above everything else are the browser's own (`popover`).
 * @module
 */

export interface MenuItem {
  readonly label: string;
  readonly choose: () => void;
  /** As people know it: `Ctrl+S`. The menu only shows it. */
  readonly keys?: string;
  /** Something that is on or off. */
  readonly checked?: boolean;
  /** A heading above this item, which begins a new group. */
  readonly group?: string;
}

/** @param items asked every time that the menu opens */
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
  const focus = (index: number) =>
    entries()
      .at(index % entries().length)
      ?.focus();
  let firstFocus = 0;

  menu.addEventListener("toggle", ({ newState }) => {
    const isOpen = newState === "open";
    button.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) return;
    const { left, bottom } = button.getBoundingClientRect();
    Object.assign(menu.style, { left: `${left}px`, top: `${bottom + 4}px` });
    void Promise.resolve(items()).then((all) => {
      menu.replaceChildren(...all.flatMap((item) => rowsFor(item, menu)));
      const beyond = menu.getBoundingClientRect().right - document.documentElement.clientWidth + 8;
      if (beyond > 0) menu.style.left = `${Math.max(8, left - beyond)}px`;
      focus(firstFocus);
      firstFocus = 0;
    });
  });

  button.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    firstFocus = event.key === "ArrowUp" ? -1 : 0;
    menu.showPopover();
  });

  menu.addEventListener("keydown", (event) => {
    const at = entries().indexOf(document.activeElement as HTMLElement);
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      Home: 0,
      End: -1,
    };
    const target = moves[event.key] ?? startingWith(event.key, entries(), at);
    if (event.key === "Tab") menu.hidePopover();
    if (target === undefined) return;
    event.preventDefault();
    focus(target);
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

/** The next entry that begins with the letter. */
function startingWith(letter: string, entries: readonly HTMLElement[], at: number): number | undefined {
  if (letter.length !== 1) return undefined;
  const begins = (entry: HTMLElement) => entry.textContent.toLowerCase().startsWith(letter.toLowerCase());
  const after = entries.findIndex((entry, index) => index > at && begins(entry));
  const found = after >= 0 ? after : entries.findIndex(begins);
  return found >= 0 ? found : undefined;
}
