/**
 * The add-in's buttons, which Excel would show on its Home tab.
 * @module
 */
import type { CommandControl, RibbonGroup } from "./manifest.ts";
import { createMenuButton } from "./menu-button.ts";

/** @param press executes the action of a control in the manifest */
export function showRibbon(
  element: HTMLElement,
  groups: readonly RibbonGroup[],
  press: (control: CommandControl) => void,
): void {
  element.replaceChildren(
    ...groups.map(({ label, controls }) => {
      const group = document.createElement("div");
      group.setAttribute("role", "group");
      group.setAttribute("aria-label", label);
      for (const control of controls) {
        const button = buttonFor(control);
        group.append(button);
        const { items } = control;
        if (items) {
          createMenuButton(button, () =>
            items.map((item) => ({ label: item.label, choose: () => press(item) })),
          );
        } else {
          button.addEventListener("click", () => press(control));
        }
      }
      return group;
    }),
  );
}

function buttonFor({ id, label, tip, icon }: CommandControl): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.id = id;
  button.title = tip;
  const image = document.createElement("img");
  Object.assign(image, { src: icon, alt: "", width: 16, height: 16 });
  button.append(image, label);
  return button;
}
