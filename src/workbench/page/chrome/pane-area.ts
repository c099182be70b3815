/**
 * The task pane beside the grid: opened by the ribbon's button, closed by its own or by the add-in.
 * @module
 */

export interface PaneArea {
  readonly show: (visible: boolean) => void;
}

/** @param changed told of what the person does */
export function createPaneArea(changed: (visible: boolean) => void): PaneArea {
  const area = document.getElementById("pane-area")!;
  const button = document.getElementById("show-pane")!;
  const show = (visible: boolean) => {
    area.hidden = !visible;
    button.setAttribute("aria-pressed", String(visible));
  };
  const choose = (visible: boolean) => {
    show(visible);
    changed(visible);
  };
  button.addEventListener("click", () => choose(Boolean(area.hidden)));
  document.getElementById("close-pane")!.addEventListener("click", () => {
    choose(false);
    button.focus();
  });
  return { show };
}
