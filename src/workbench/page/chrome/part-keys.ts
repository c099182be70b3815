/**
 * F6 moves the focus to the next part of the window, Shift+F6 to the previous one, as in Excel. The grid uses Tab for
 * its cells, so there is no other way to leave it by keyboard.
 * @module
 */
import { ILayoutService } from "@univerjs/ui";
import type { Grid } from "../grid/grid.ts";
import { keysOf } from "./key-combination.ts";

export interface Part {
  readonly isShown: () => boolean;
  readonly hasKeyboard: () => boolean;
  /** @param last the element that had the focus when the part was left, if it still exists */
  readonly focus: (last: HTMLElement | undefined) => void;
}

const steps: Readonly<Record<string, number>> = { F6: 1, "Shift+F6": -1 };

/**
 * @param parts in order
 * @returns a function that handles the keys of a window; needed for frames, whose key events do not reach the parent
 * page
 */
export function createPartKeys(parts: readonly Part[]): (window: Window) => void {
  const left = new Map<Part, Element | null>();
  return (window) =>
    window.addEventListener("keydown", (event) => {
      const step = steps[keysOf(event)];
      if (step === undefined || event.defaultPrevented) return;
      event.preventDefault();
      const shown = parts.filter(({ isShown }) => isShown());
      // Searched from the end: the grid does not notice when a frame takes its focus.
      const at = shown.findLastIndex(({ hasKeyboard }) => hasKeyboard());
      if (shown[at]) left.set(shown[at], window.document.activeElement);
      const next = shown.at((at + step) % shown.length);
      const last = next && left.get(next);
      next?.focus(last?.isConnected && last.ownerDocument.defaultView ? (last as HTMLElement) : undefined);
    });
}

export function gridPart({ injector }: Grid): Part {
  const layout = injector.get(ILayoutService);
  return {
    isShown: () => true,
    hasKeyboard: () => layout.isFocused,
    focus: () => layout.focus(),
  };
}

/** @param first selector of the element that gets the focus at first */
export function elementPart(element: HTMLElement, first: string): Part {
  return {
    isShown: () => element.checkVisibility(),
    hasKeyboard: () => element.contains(document.activeElement),
    focus(last) {
      element.querySelector<HTMLElement>(first)?.focus();
      // A frame forgets which element had the focus in it.
      last?.focus();
    },
  };
}
