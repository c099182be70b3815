/**
 * The manifest's Resources: texts and addresses that other elements refer to by `resid`.
 * @module
 */
import { all, child } from "./read-manifest.mjs";

/** @import { ManifestElement } from "./read-manifest.mjs" */

/** The part of Resources that each referring element uses. @type {Record<string, string>} */
export const resourceKinds = {
  Image: "Images",
  SourceLocation: "Urls",
  FunctionFile: "Urls",
  Runtime: "Urls",
  LearnMoreUrl: "Urls",
  Label: "ShortStrings",
  Title: "ShortStrings",
  Namespace: "ShortStrings",
  Description: "LongStrings",
};

/** @param {ManifestElement} root @returns {ManifestElement[]} all entries */
export function resources(root) {
  const parts = child(child(root, "VersionOverrides"), "Resources")?.children ?? [];
  return parts.flatMap((part) => part.children);
}

/** @param {ManifestElement} root @returns {ManifestElement[]} all elements that refer to an entry */
export function pointers(root) {
  return Object.keys(resourceKinds)
    .flatMap((name) => all(root, name))
    .filter((element) => element.attributes["resid"] !== undefined);
}

/**
 * @param {ManifestElement} root
 * @param {ManifestElement} pointer
 * @returns {string} the text or address that it refers to; "" if there is none
 */
export function resolve(root, pointer) {
  const entry = resources(root).find(({ attributes }) => attributes["id"] === pointer.attributes["resid"]);
  return entry?.attributes["DefaultValue"] ?? "";
}

/** @param {ManifestElement} element @returns {string} */
export function value(element) {
  return element.attributes["DefaultValue"] ?? element.attributes["Url"] ?? element.text;
}
