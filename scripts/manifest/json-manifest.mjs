/**
 * The JSON (unified) manifest, made from the XML one. It hides the XML add-in, so that people who have both see one.
 * @module
 */
import { createHash } from "node:crypto";
import { all, child, readManifest } from "./read-manifest.mjs";
import { resolve, value } from "./resources.mjs";

/** @import { ManifestElement } from "./read-manifest.mjs" */

/** The first version whose custom functions have `metadataUrl` and enumerations. */
const manifestVersion = "1.25";

const runtimeId = "SharedRuntime";

/**
 * @typedef {object} Shortcuts the file that the XML manifest names
 * @property {{ id: string, name: string }[]} actions
 * @property {{ action: string, key: object }[]} shortcuts
 */

/**
 * @param {string} xml
 * @param {Shortcuts} shortcuts
 * @returns {object}
 */
export function jsonManifest(xml, shortcuts) {
  const root = readManifest(xml);
  /** @param {string} name */
  const top = (name) => value(/** @type {ManifestElement} */ (child(root, name)));
  /** @param {ManifestElement | undefined} element */
  const text = (element) => (element ? resolve(root, element) : "");
  const id = top("Id");
  const [name, help] = [top("DisplayName"), top("SupportUrl")];
  const page = child(child(root, "DefaultSettings"), "SourceLocation")?.attributes["DefaultValue"] ?? "";
  const functions = all(root, "ExtensionPoint").find(({ type }) => type === "CustomFunctions");
  /** @param {string} part */
  const functionsPart = (part) => text(child(child(functions, part), "SourceLocation"));
  const namespace = text(child(functions, "Namespace"));
  const start = all(root, "GetStarted")[0];

  /** @param {ManifestElement} element */
  const described = (element) => ({
    id: element.attributes["id"],
    label: text(child(element, "Label")),
    supertip: {
      title: text(child(child(element, "Supertip"), "Title")),
      description: text(child(child(element, "Supertip"), "Description")),
    },
  });
  /** @param {ManifestElement} element */
  const icons = (element) => ({
    icons: child(element, "Icon")?.children.map((image) => ({
      size: Number(image.attributes["size"]),
      url: text(image),
    })),
  });
  /** @param {ManifestElement} element the id of what it does: a function's name, or the pane's */
  const actionId = (element) =>
    child(child(element, "Action"), "FunctionName")?.text ?? `${element.attributes["id"]}.Open`;
  /** @param {ManifestElement} control */
  const controlOf = (control) =>
    control.type === "Menu"
      ? {
          ...described(control),
          type: "menu",
          ...icons(control),
          items: child(control, "Items")?.children.map((item) => ({
            ...described(item),
            type: "menuItem",
            actionId: actionId(item),
          })),
        }
      : { ...described(control), type: "button", ...icons(control), actionId: actionId(control) };

  const doing = [...all(root, "Control"), ...all(root, "Item")].filter((element) => child(element, "Action"));
  /** By id: several buttons may do the same. @type {Map<string, object>} */
  const actions = new Map();
  for (const element of doing) {
    const action = actionId(element);
    const type = child(element, "Action")?.type === "ShowTaskpane" ? "openPage" : "executeFunction";
    actions.set(action, { id: action, type });
  }
  for (const { id: action, name: displayName } of shortcuts.actions) {
    actions.set(action, { id: action, type: "executeFunction", displayName });
  }

  return {
    $schema: `https://developer.microsoft.com/json-schemas/teams/v${manifestVersion}/MicrosoftTeams.schema.json`,
    manifestVersion,
    version: top("Version").split(".").slice(0, 3).join("."),
    id: derivedId(id),
    localizationInfo: { defaultLanguageTag: top("DefaultLocale").toLowerCase() },
    developer: { name: top("ProviderName"), websiteUrl: help, privacyUrl: help, termsOfUseUrl: help },
    name: { short: name.slice(0, 30).trim(), full: name.slice(0, 100).trim() },
    description: { short: text(child(start, "Title")), full: top("Description") },
    icons: { color: "color.png", outline: "outline.png" },
    accentColor: "#0C8599",
    validDomains: [new URL(page).host],
    authorization: {
      permissions: { resourceSpecific: [{ name: "Document.ReadWrite.User", type: "Delegated" }] },
    },
    extensions: [
      {
        requirements: {
          scopes: ["workbook"],
          capabilities: all(root, "Set").map(({ attributes }) => ({
            name: attributes["Name"],
            minVersion: attributes["MinVersion"],
          })),
        },
        runtimes: [
          {
            id: runtimeId,
            type: "general",
            code: { page, script: functionsPart("Script") },
            lifetime: "long",
            actions: [...actions.values()],
            customFunctions: {
              namespace: { id: namespace, name: namespace },
              metadataUrl: functionsPart("Metadata"),
              allowCustomDataForDataTypeAny: true,
            },
          },
        ],
        ribbons: [
          {
            contexts: ["default"],
            tabs: all(root, "OfficeTab").map((tab) => ({
              builtInTabId: tab.attributes["id"],
              groups: tab.children.map((group) => ({
                id: group.attributes["id"],
                label: text(child(group, "Label")),
                ...icons(group),
                controls: group.children.filter((element) => element.name === "Control").map(controlOf),
              })),
            })),
          },
        ],
        contextMenus: [
          {
            menus: all(root, "OfficeMenu").map((menu) => ({
              entryPoint: "cell",
              controls: menu.children.map(controlOf),
            })),
          },
        ],
        keyboardShortcuts: [
          { shortcuts: shortcuts.shortcuts.map(({ action, key }) => ({ key, actionId: action })) },
        ],
        getStartedMessages: [
          {
            title: text(child(start, "Title")),
            description: text(child(start, "Description")),
            learnMoreUrl: text(child(start, "LearnMoreUrl")),
          },
        ],
        alternates: [{ hide: { customOfficeAddin: { officeAddinId: id } } }],
      },
    ],
  };
}

/**
 * The two add-ins need different ids, and an organisation should keep one only: so the second is made from the first
 * (a UUID of version 5).
 * @param {string} id
 */
export function derivedId(id) {
  const bytes = createHash("sha1")
    .update(Buffer.from(id.replaceAll("-", ""), "hex"))
    .update("kal json manifest")
    .digest()
    .subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
