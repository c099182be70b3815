/**
 * Keyboard control of an open menu, following the ARIA Authoring Practices.
 * @module
 */

/** Moves the focus to another entry. @returns whether the key does that */
export function moveFocus(key: string, entries: readonly HTMLElement[]): boolean {
  const at = entries.indexOf(document.activeElement as HTMLElement);
  const moves: Readonly<Record<string, number>> = {
    ArrowDown: at + 1,
    ArrowUp: at < 0 ? -1 : at - 1,
    Home: 0,
    End: -1,
  };
  const target = moves[key] ?? startingWith(key, entries, at);
  if (target === undefined) return false;
  entries.at(target % entries.length)?.focus();
  return true;
}

/** The index of the next entry that starts with the letter. */
function startingWith(letter: string, entries: readonly HTMLElement[], at: number): number | undefined {
  if (letter.length !== 1) return undefined;
  const begins = (entry: HTMLElement) =>
    entry.textContent.trim().toLowerCase().startsWith(letter.toLowerCase());
  const after = entries.findIndex((entry, index) => index > at && begins(entry));
  const found = after >= 0 ? after : entries.findIndex(begins);
  return found >= 0 ? found : undefined;
}
