/**
 * Rules for Resources and icons. In Excel, an unresolved name shows only as a button without text or picture.
 * @module
 */
import { when } from "./finding.mjs";
import { all } from "./read-manifest.mjs";
import { pointers, resolve, resourceKinds, resources, value } from "./resources.mjs";

/** @type {import("./finding.mjs").Rule[]} */
export const resourceRules = [
  {
    id: "resource-known",
    says: "every resid has its entry, in the right part of Resources",
    check: (root) =>
      pointers(root).flatMap((element) => {
        const kind = resourceKinds[element.name];
        const known = resources(root).some(
          (entry) => entry.attributes["id"] === element.attributes["resid"] && entry.parent?.name === kind,
        );
        return when(!known, element, `no entry "${element.attributes["resid"]}" in ${kind}`);
      }),
  },
  {
    id: "resource-used",
    says: "every entry of Resources is used",
    check: (root) => {
      const used = new Set(pointers(root).map((element) => element.attributes["resid"]));
      return resources(root).flatMap((entry) =>
        when(!used.has(entry.attributes["id"]), entry, `nothing uses "${entry.attributes["id"]}"`),
      );
    },
  },
  {
    id: "unique-ids",
    says: "no id of a resource, group or control occurs twice",
    check: (root) => {
      /** @type {Set<string>} */
      const seen = new Set();
      return [...["Group", "Control", "Item"].flatMap((name) => all(root, name)), ...resources(root)].flatMap(
        (element) => {
          const id = element.attributes["id"] ?? "";
          const repeated = seen.has(id);
          seen.add(id);
          return when(repeated, element, `the id "${id}" occurs twice`);
        },
      );
    },
  },
  {
    id: "id-length",
    says: "ids of resources have at most 32 characters",
    check: (root) =>
      resources(root).flatMap((entry) => {
        const id = entry.attributes["id"] ?? "";
        return when(
          id.length === 0 || id.length > 32,
          entry,
          `the id "${id}" has ${id.length} characters; 1 to 32 are allowed`,
        );
      }),
  },
  {
    id: "icon-sizes",
    says: "icons of 16, 32 and 80 px on the ribbon, 32 and 64 px in lists, each from the file of its size",
    check: (root) => [
      ...all(root, "Icon").flatMap((icon) => {
        const sizes = icon.children.map((image) => image.attributes["size"]);
        return when(
          !["16", "32", "80"].every((size) => sizes.includes(size)),
          icon,
          `the icon has ${sizes.join(", ") || "no"} px; 16, 32 and 80 px are needed`,
        );
      }),
      ...[
        ...all(root, "IconUrl").map((element) => ({ element, size: "32", address: value(element) })),
        ...all(root, "HighResolutionIconUrl").map((element) => ({
          element,
          size: "64",
          address: value(element),
        })),
        ...all(root, "Icon").flatMap((icon) =>
          icon.children.map((element) => ({
            element,
            size: element.attributes["size"],
            address: resolve(root, element),
          })),
        ),
      ].flatMap(({ element, size, address }) =>
        when(!address.endsWith(`-${size}.png`), element, `"${address}" is not the icon of ${size} px`),
      ),
    ],
  },
];
