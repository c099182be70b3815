/**
 * A line above the grid for what could not be done, until the person closes it.
 * @module
 */

export function showNotice(text: string): void {
  const notice = document.getElementById("notice")!;
  notice.hidden = false;
  // A text that is set into a live region is read out.
  notice.querySelector("p")!.textContent = text;
}

export function showProblem(error: unknown): void {
  showNotice(error instanceof Error ? error.message : String(error));
}

export function prepareNotice(): void {
  const notice = document.getElementById("notice")!;
  notice.querySelector("button")!.addEventListener("click", () => {
    notice.hidden = true;
    notice.querySelector("p")!.textContent = "";
  });
}
