/**
 * F6 goes from one part of the window to the next, and Shift+F6 back, as in Excel: Tab is the grid's for its cells, so
 * there is no other way out of it by keyboard.
 * @module
 */
import { ILayoutService } from "@univerjs/ui";
import type { Grid } from "../grid/grid.ts";
import { keysOf } from "./key-combination.ts";

export interface Part {
  readonly isShown: () => boolean;
  readonly hasKeyboard: () => boolean;
  /** @param last what of it had the keyboard when it was left, if that is still there */
  readonly focus: (last: HTMLElement | undefined) => void;
}

const steps: Readonly<Record<string, number>> = { F6: 1, "Shift+F6": -1 };

/**
 * @param parts in their order
 * @returns follows the keys of a window too: what is pressed in a frame is told to nobody outside
 */
export function createPartKeys(parts: readonly Part[]): (window: Window) => void {
  const left = new Map<Part, Element | null>();
  return (window) =>
    window.addEventListener("keydown", (event) => {
      const step = steps[keysOf(event)];
      if (step === undefined || event.defaultPrevented) return;
      event.preventDefault();
      const shown = parts.filter(({ isShown }) => isShown());
      // From the end: the grid is not told when a frame takes the keyboard from it.
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

/** @param first selects what takes the keyboard of it at first */
export function elementPart(element: HTMLElement, first: string): Part {
  return {
    isShown: () => element.checkVisibility(),
    hasKeyboard: () => element.contains(document.activeElement),
    focus(last) {
      element.querySelector<HTMLElement>(first)?.focus();
      // A frame forgets what had the keyboard in it.
      last?.focus();
    },
  };
}
