/**
 * Announces a text to screen readers, in the pane's only polite live region.
 * @module
 */

export const announcerId = "announcer";

export function announce(text: string): void {
  const region = document.getElementById(announcerId);
  if (!region) return;
  // A screen reader announces only changes, so the same text gets an extra space.
  region.textContent = region.textContent === text ? `${text}\u00a0` : text;
}
