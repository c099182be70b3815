/**
 * Reads a manifest's XML into a plain tree, so that the rules do not depend on an XML library.
 * @module
 */
import { XmlDocument, XmlElement, XmlText } from "libxml2-wasm";

/**
 * @typedef {object} ManifestElement
 * @property {string} name without prefix
 * @property {string} type the `xsi:type`, or ""
 * @property {string} namespace
 * @property {Record<string, string>} attributes without prefixes
 * @property {string} text the element's own text, trimmed
 * @property {ManifestElement[]} children
 * @property {ManifestElement | undefined} parent
 * @property {number} line
 */

/**
 * @param {string} xml
 * @returns {ManifestElement} the root
 * @throws {Error} with `line` if the XML is not well-formed
 */
export function readManifest(xml) {
  const document = parse(xml);
  try {
    return toPlain(document.root, undefined);
  } finally {
    document.dispose();
  }
}

/** @param {string} xml */
function parse(xml) {
  try {
    return XmlDocument.fromString(xml);
  } catch (error) {
    const detail = /** @type {any} */ (error).details?.[0];
    const message = String(detail?.message ?? error).split("\n")[0];
    throw Object.assign(new Error(`not well-formed XML: ${message}`), { line: detail?.line ?? 1 });
  }
}

/**
 * @param {XmlElement} node
 * @param {ManifestElement | undefined} parent
 * @returns {ManifestElement}
 */
function toPlain(node, parent) {
  /** @type {ManifestElement} */
  const element = {
    name: node.name,
    type: node.attr("type", "xsi")?.value ?? "",
    namespace: node.namespaceUri,
    attributes: Object.fromEntries(node.attrs.map((attribute) => [attribute.name, attribute.value])),
    text: "",
    children: [],
    parent,
    line: node.line,
  };
  for (let child = node.firstChild; child; child = child.next) {
    if (child instanceof XmlElement) element.children.push(toPlain(child, element));
    else if (child instanceof XmlText) element.text += child.content;
  }
  element.text = element.text.trim();
  return element;
}

/**
 * Every element with this name in the tree of `element`, including itself, in document order.
 * @param {ManifestElement} element
 * @param {string} name
 * @returns {ManifestElement[]}
 */
export function all(element, name) {
  const below = element.children.flatMap((child) => all(child, name));
  return element.name === name ? [element, ...below] : below;
}

/**
 * @param {ManifestElement | undefined} element
 * @param {string} name
 * @returns {ManifestElement | undefined} the first child with this name
 */
export function child(element, name) {
  return element?.children.find((candidate) => candidate.name === name);
}
