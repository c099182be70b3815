/**
 * Copies to the clipboard inside Excel.
 * @module
 */

/** Copies a text. @returns whether it succeeded. */
export async function copyText(text: string): Promise<boolean> {
  return (await copyByClipboard(text)) || copyBySelection(text);
}

async function copyByClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** Excel on the web shows the pane in a frame without clipboard permission; the old command still works there. */
function copyBySelection(text: string): boolean {
  const focused = document.activeElement;
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "visually-hidden";
  document.body.append(area);
  area.select();
  const copied = document.execCommand("copy");
  area.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return copied;
}
