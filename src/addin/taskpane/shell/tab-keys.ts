/**
 * The keyboard in a list of tabs, as the ARIA practices have it: Tab goes to the tab that is shown, and from there
 * arrows, Home and End choose. Fluent's own list does the same for 7 kB.
 * @module
 */

/** Which tab a key leads to, of so many. */
const moves: Readonly<Record<string, (from: number, count: number) => number>> = {
  ArrowRight: (from, count) => (from + 1) % count,
  ArrowLeft: (from, count) => (from + count - 1) % count,
  Home: () => 0,
  End: (_from, count) => count - 1,
};

/** Chooses the tab that a key leads to. @returns whether the key is still to do what it does elsewhere. */
export function moveByKey({ key, target, currentTarget, ctrlKey, altKey, metaKey }: KeyboardEvent): boolean {
  const move = moves[key];
  if (!move || ctrlKey || altKey || metaKey) return true;
  const tabs = [...(currentTarget as HTMLElement).querySelectorAll<HTMLElement>('[role="tab"]')];
  const tab = tabs[move(tabs.indexOf(target as HTMLElement), tabs.length)];
  tab?.focus();
  tab?.click();
  return false;
}
