/** The first element of workbench.html that a selector finds. @throws Error that names the selector */
export function findElement<Found extends HTMLElement>(selector: string): Found {
  const found = document.querySelector<Found>(selector);
  if (!found) throw new Error(`The page has no ${selector}.`);
  return found;
}
