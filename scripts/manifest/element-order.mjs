/**
 * The children of each element and their order: Office refuses a manifest with another order, and its message hardly
 * says where the error is.
 * @module
 */
/** @import { ManifestElement } from "./read-manifest.mjs" */

/**
 * Children in order: `?` optional, `+` at least one, otherwise exactly one. Keyed by element name, with the `xsi:type`
 * if the children depend on it. Only the elements of this product are listed; any other is a finding, so that
 * an author who adds one looks up its place first.
 * @type {Record<string, string>}
 */
const content = {
  OfficeApp:
    "Id AlternateId? Version ProviderName DefaultLocale DisplayName Description IconUrl HighResolutionIconUrl " +
    "SupportUrl AppDomains? Hosts Requirements DefaultSettings Permissions VersionOverrides ExtendedOverrides?",
  AppDomains: "AppDomain+",
  Hosts: "Host+",
  Requirements: "Sets",
  Sets: "Set+",
  DefaultSettings: "SourceLocation",
  VersionOverrides: "Requirements? Hosts Resources WebApplicationInfo?",
  "Host Workbook": "Runtimes AllFormFactors DesktopFormFactor",
  Runtimes: "Runtime+",
  AllFormFactors: "ExtensionPoint",
  "ExtensionPoint CustomFunctions": "Script Page Metadata Namespace",
  Script: "SourceLocation",
  Page: "SourceLocation",
  Metadata: "SourceLocation",
  DesktopFormFactor: "GetStarted FunctionFile ExtensionPoint+",
  GetStarted: "Title Description LearnMoreUrl",
  "ExtensionPoint PrimaryCommandSurface": "OfficeTab",
  "ExtensionPoint ContextMenu": "OfficeMenu",
  OfficeMenu: "Control+",
  OfficeTab: "Group+",
  Group: "Label Icon Control+",
  Icon: "Image+",
  "Control Button": "Label Supertip Icon Action",
  "Control Menu": "Label Supertip Icon Items",
  Items: "Item+",
  Item: "Label Supertip Icon? Action",
  Supertip: "Title Description",
  "Action ShowTaskpane": "TaskpaneId? SourceLocation",
  "Action ExecuteFunction": "FunctionName",
  WebApplicationInfo: "Id Resource Scopes",
  Scopes: "Scope+",
  Resources: "Images Urls ShortStrings LongStrings",
  Images: "Image+",
  Urls: "Url+",
  ShortStrings: "String+",
  LongStrings: "String+",
};

/**
 * @param {ManifestElement} element
 * @returns {Iterable<import("./finding.mjs").Finding>}
 */
export function* orderFindings(element) {
  const expected = content[`${element.name} ${element.type}`] ?? content[element.name] ?? "";
  const found = misplaced(element, expected);
  if (found) yield found;
  for (const below of element.children) yield* orderFindings(below);
}

/**
 * @param {ManifestElement} parent
 * @param {string} expected
 */
function misplaced(parent, expected) {
  let position = 0;
  for (const item of expected.split(" ").filter(Boolean)) {
    const [, name, times] = /** @type {RegExpExecArray} */ (/^(\w+)([?+]?)$/.exec(item));
    const start = position;
    while (parent.children[position]?.name === name && (times === "+" || position === start)) position++;
    if (position === start && times !== "?") {
      const instead = parent.children[position];
      return {
        element: instead ?? parent,
        message: `${parent.name} needs ${name} ${instead ? `before ${instead.name}` : "at its end"}`,
      };
    }
  }
  const extra = parent.children[position];
  return extra && { element: extra, message: `${parent.name} may not hold ${extra.name} here` };
}
