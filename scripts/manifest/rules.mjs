/**
 * All rules for this product's manifest, in one table. A schema checks little more than the order of elements; Office
 * reports the other errors late, at sideload or at an administrator's upload, or never.
 * @module
 */
import { addressRules } from "./address-rules.mjs";
import { commandRules } from "./command-rules.mjs";
import { orderFindings } from "./element-order.mjs";
import { when } from "./finding.mjs";
import { all } from "./read-manifest.mjs";
import { resourceRules } from "./resource-rules.mjs";
import { value } from "./resources.mjs";
import { runtimeRules } from "./runtime-rules.mjs";

/**
 * Maximum text lengths that Office accepts, in characters, by element or by part of Resources. @type {Record<string,
 * number>}
 */
const maxChars = { DisplayName: 125, Description: 250, ShortStrings: 125, LongStrings: 250 };

/** @type {import("./finding.mjs").Rule[]} */
export const rules = [
  {
    id: "root",
    says: "a task pane add-in, in the namespace of add-in-only manifests",
    check: (root) =>
      when(
        root.name !== "OfficeApp" ||
          root.type !== "TaskPaneApp" ||
          root.namespace !== "http://schemas.microsoft.com/office/appforoffice/1.1",
        root,
        'the root must be <OfficeApp xmlns="http://schemas.microsoft.com/office/appforoffice/1.1" xsi:type="TaskPaneApp">',
      ),
  },
  {
    id: "order",
    says: "elements in the schema's order, none missing, none unknown",
    check: orderFindings,
  },
  {
    id: "id",
    says: "the id is a GUID",
    check: (root) =>
      root.children
        .filter((element) => element.name === "Id")
        .flatMap((element) => when(!isGuid(element.text), element, `"${element.text}" is not a GUID`)),
  },
  {
    id: "version",
    says: "the version has three or four numbers",
    check: (root) =>
      all(root, "Version").flatMap((element) =>
        when(
          !/^\d{1,5}(\.\d{1,5}){2,3}$/.test(element.text),
          element,
          `"${element.text}" is not n.n.n or n.n.n.n`,
        ),
      ),
  },
  {
    id: "text-length",
    says: "texts are neither empty nor longer than Office accepts",
    check: (root) =>
      [...all(root, "DisplayName"), ...all(root, "Description"), ...all(root, "String")]
        .filter((element) => element.attributes["DefaultValue"] !== undefined)
        .flatMap((element) => {
          const limit = maxChars[element.name] ?? maxChars[element.parent?.name ?? ""] ?? Infinity;
          const { length } = value(element);
          return when(
            length === 0 || length > limit,
            element,
            `${length} characters; 1 to ${limit} are allowed`,
          );
        }),
  },
  {
    id: "hosts",
    says: "Excel is the only host",
    check: (root) =>
      all(root, "Host").flatMap((element) =>
        when(
          (element.attributes["Name"] ?? element.type) !== "Workbook",
          element,
          "the only host is Workbook",
        ),
      ),
  },
  {
    id: "permissions",
    says: "permission to write cells",
    check: (root) =>
      all(root, "Permissions").flatMap((element) =>
        when(element.text !== "ReadWriteDocument", element, `"${element.text}" must be ReadWriteDocument`),
      ),
  },
  ...addressRules,
  ...commandRules,
  ...resourceRules,
  ...runtimeRules,
];

/** @param {string} text */
export function isGuid(text) {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}
