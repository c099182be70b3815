/**
 * Derives other manifests from the developer's by replacing text, so that comments and layout are preserved.
 * @module
 */
import { describeFindings, lintManifest } from "../lint-manifest.mjs";
import { failure } from "../steps/failure.mjs";
import { child, readManifest } from "./read-manifest.mjs";
import { isGuid } from "./rules.mjs";

/** @import { ManifestElement } from "./read-manifest.mjs" */

/**
 * @param {string} xml
 * @param {string} origin such as `https://localhost:3001`
 * @returns {string} the manifest with every address moved to that origin
 */
export function withOrigin(xml, origin) {
  return xml.replaceAll(`${originOf(readManifest(xml))}/`, `${origin}/`);
}

/** @param {ManifestElement} root */
function originOf(root) {
  const page = child(child(root, "DefaultSettings"), "SourceLocation")?.attributes["DefaultValue"] ?? "";
  return new URL(page).origin;
}

/**
 * @typedef {object} Organisation
 * @property {string} origin of the organisation's service
 * @property {string} id the organisation's own GUID for the add-in
 * @property {string} [name] the add-in's name in Excel's lists
 * @property {string} [namespace] of the functions, instead of KAL
 * @property {string} [support] where people get help, instead of the service's own pages
 * @property {string} [version]
 */

/**
 * @param {string} xml the developer's manifest
 * @param {Organisation} organisation
 * @returns {string}
 * @throws a failure naming the invalid value
 */
export function organisationManifest(xml, { origin, id, name, namespace, support, version }) {
  const developer = readManifest(xml);
  const developerId = child(developer, "Id")?.text ?? "";
  checkId(id, developerId);

  let result = withOrigin(xml, readOrigin(origin));
  result = replaceOnce(result, `<Id>${developerId}</Id>`, `<Id>${id.toLowerCase()}</Id>`);
  if (version !== undefined) {
    result = replaceOnce(
      result,
      `<Version>${child(developer, "Version")?.text}</Version>`,
      `<Version>${escape(version)}</Version>`,
    );
  }
  if (name !== undefined) result = withDefaultValue(result, "<DisplayName", name);
  if (support !== undefined) result = withDefaultValue(result, "<SupportUrl", support);
  if (namespace !== undefined) {
    checkNamespace(namespace);
    result = withDefaultValue(result, '<bt:String id="Functions.Namespace"', namespace.toUpperCase());
    result = result.replaceAll("=KAL.", `=${namespace.toUpperCase()}.`);
  }

  const findings = lintManifest(result);
  if (findings.length > 0) throw failure(`The manifest would be invalid:\n${describeFindings(findings)}`, 2);
  const left = addressesOnThisComputer(readManifest(result));
  if (left.length > 0)
    throw failure(`The manifest still has addresses of the developer's computer: ${left.join(", ")}`);
  return result;
}

/** @param {string} id @param {string} developerId */
function checkId(id, developerId) {
  const make = 'Make one and keep it for all later versions: node -p "crypto.randomUUID()"';
  if (!isGuid(id)) throw failure(`--id "${id}" is not a GUID. ${make}`, 2);
  if (id.toLowerCase() === developerId.toLowerCase()) {
    throw failure(
      `--id is the developer's own id: Excel would treat both add-ins as the same one. ${make}`,
      2,
    );
  }
}

/** @param {string} namespace as KAL_NAMESPACE takes it */
function checkNamespace(namespace) {
  if (!/^[A-Z]\w{0,31}$/i.test(namespace)) {
    throw failure(
      `--namespace "${namespace}" must be a letter, then letters, digits or underscores, at most 32 in all. Example: KAL_TEST`,
      2,
    );
  }
}

/** @param {string} text @returns {string} */
function readOrigin(text) {
  const example = "Example: https://kal.example.com";
  if (!URL.canParse(text)) throw failure(`--origin "${text}" is not an address. ${example}`, 2);
  const url = new URL(text);
  if (url.protocol !== "https:")
    throw failure(`--origin "${text}" is not https, which Excel requires. ${example}`, 2);
  if (url.username || url.pathname !== "/" || url.search || url.hash) {
    throw failure(
      `--origin "${text}" must be host and port only: the paths of the pages are fixed. ${example}`,
      2,
    );
  }
  if (isThisComputer(url)) {
    throw failure(
      `--origin "${text}" is this computer. Use a host name that everybody in the organisation can reach.`,
      2,
    );
  }
  return url.origin;
}

/** @param {URL} url */
const isThisComputer = (url) => /^(.*\.)?localhost$|^127\.|^\[::1\]$/.test(url.hostname);

/** @param {ManifestElement} element @returns {string[]} */
function addressesOnThisComputer(element) {
  const own = [element.text, ...Object.values(element.attributes)].filter(
    (text) => /^https?:/i.test(text) && URL.canParse(text) && isThisComputer(new URL(text)),
  );
  return [...own, ...element.children.flatMap(addressesOnThisComputer)];
}

/** @param {string} xml @param {string} start of the tag @param {string} value */
function withDefaultValue(xml, start, value) {
  const [tag] = new RegExp(`${start}[^>]*>`).exec(xml) ?? [start];
  return replaceOnce(
    xml,
    tag,
    tag.replace(/DefaultValue="[^"]*"/, () => `DefaultValue="${escape(value)}"`),
  );
}

/** @param {string} xml @param {string} old @param {string} text */
function replaceOnce(xml, old, text) {
  if (xml.split(old).length !== 2) throw new Error(`manifest.xml must hold ${old} exactly once`);
  return xml.replace(old, () => text);
}

/** @param {string} text */
const escape = (text) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
