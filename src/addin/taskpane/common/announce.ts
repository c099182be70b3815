/**
 * Words for people who listen instead of look: the pane's one polite live region.
 * @module
 */

export const announcerId = "announcer";

export function announce(text: string): void {
  const region = document.getElementById(announcerId);
  if (!region) return;
  // The same words twice would be no change, and a change is what is read out.
  region.textContent = region.textContent === text ? `${text}\u00a0` : text;
}
