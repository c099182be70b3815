/**
 * Keyboard control of tabs, following the ARIA practices: Tab moves to the selected tab; arrows, Home and End select
 * another. Fluent's own tab list does the same for 7 kB.
 * @module
 */

/** The index of the tab that a key selects. */
const moves: Readonly<Record<string, (from: number, count: number) => number>> = {
  ArrowRight: (from, count) => (from + 1) % count,
  ArrowLeft: (from, count) => (from + count - 1) % count,
  Home: () => 0,
  End: (_from, count) => count - 1,
};

/** Selects the tab for a key. @returns whether the key's default action should still run. */
export function moveByKey({ key, target, currentTarget, ctrlKey, altKey, metaKey }: KeyboardEvent): boolean {
  const move = moves[key];
  if (!move || ctrlKey || altKey || metaKey) return true;
  const tabs = [...(currentTarget as HTMLElement).querySelectorAll<HTMLElement>('[role="tab"]')];
  const tab = tabs[move(tabs.indexOf(target as HTMLElement), tabs.length)];
  tab?.focus();
  tab?.click();
  return false;
}
