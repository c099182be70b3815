/**
 * Rules for the ribbon and the context menu of cells.
 * @module
 */
import { when } from "./finding.mjs";
import { all } from "./read-manifest.mjs";

/** @type {import("./finding.mjs").Rule[]} */
export const commandRules = [
  {
    id: "extension-points",
    says: "one ribbon group and one context menu of cells, each extension point once",
    check: (root) => {
      const points = all(root, "ExtensionPoint");
      return points.flatMap((element, index) =>
        when(
          points.findIndex(({ type }) => type === element.type) !== index,
          element,
          `the extension point ${element.type} occurs twice`,
        ),
      );
    },
  },
  {
    id: "cell-menu",
    says: "the context menu is ContextMenuCell and contains only menus: Office accepts no buttons there",
    check: (root) =>
      all(root, "OfficeMenu").flatMap((element) => [
        ...when(
          element.attributes["id"] !== "ContextMenuCell",
          element,
          `the id "${element.attributes["id"]}" must be ContextMenuCell`,
        ),
        ...element.children.flatMap((control) =>
          when(control.type !== "Menu", control, "must be a Control of xsi:type Menu"),
        ),
      ]),
  },
];
