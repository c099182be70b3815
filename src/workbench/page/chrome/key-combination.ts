/**
 * Key combinations as people write them: `Ctrl+Alt+F9`.
 * @module
 */

/** Modifiers in the order used for comparing. */
const modifiers = ["Ctrl", "Alt", "Shift"];

/** Normalises a combination: `Shift+Ctrl+k` becomes `Ctrl+Shift+K`. */
export function inOrder(combination: string): string {
  const parts = combination.split("+");
  const key = parts.pop() ?? "";
  return [...modifiers.filter((modifier) => parts.includes(modifier)), key.toUpperCase()].join("+");
}

/** The combination of a keyboard event; Command counts as Ctrl. */
export function keysOf({ ctrlKey, metaKey, altKey, shiftKey, key, code }: KeyboardEvent): string {
  const held = { Ctrl: ctrlKey || metaKey, Alt: altKey, Shift: shiftKey };
  // With Alt, keyboards type other characters than those on the key.
  const character = /^Key([A-Z])$|^Digit(\d)$/.exec(code)?.slice(1).join("");
  const named = altKey && !/^[a-z0-9]$/i.test(key) && character ? character : key;
  return inOrder([...modifiers.filter((modifier) => held[modifier as keyof typeof held]), named].join("+"));
}
