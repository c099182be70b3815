/**
 * Rules for addresses: Excel loads https pages only, and only some paths of the service are permanent.
 * @module
 */
import { when } from "./finding.mjs";
import { all } from "./read-manifest.mjs";
import { resources, value } from "./resources.mjs";

/** @import { ManifestElement } from "./read-manifest.mjs" */

/** The service's permanent paths: never rename them, because saved workbooks request them. */
const fixedPaths =
  /^\/(taskpane\.html|functions\.js|functions\.json|shortcuts\.json|assets\/(?:icon|refresh|more)-\d+\.png|help\/.*)$/;

/** @param {ManifestElement} root @returns {ManifestElement[]} all elements with an address of the service */
const pages = (root) => [
  ...["IconUrl", "HighResolutionIconUrl", "SupportUrl"].flatMap((name) => all(root, name)),
  ...all(root, "SourceLocation").filter((element) => element.attributes["DefaultValue"]),
  ...all(root, "ExtendedOverrides"),
  ...resources(root).filter((entry) => entry.name === "Image" || entry.name === "Url"),
];

/**
 * Those that the service has to serve: help may be elsewhere.
 * @param {ManifestElement} root
 */
const servedPages = (root) => pages(root).filter(({ name }) => name !== "SupportUrl");

/** @param {string} address */
const parsed = (address) => (URL.canParse(address) ? new URL(address) : undefined);

/** @type {import("./finding.mjs").Rule[]} */
export const addressRules = [
  {
    id: "https",
    says: "every address is https",
    check: (root) =>
      [...pages(root), ...all(root, "AppDomain")].flatMap((element) =>
        when(
          parsed(value(element))?.protocol !== "https:",
          element,
          `"${value(element)}" is not an https address`,
        ),
      ),
  },
  {
    id: "one-origin",
    says: "one origin serves the pages, the API and the icons, so that no call crosses origins",
    check: (root) => {
      const [first, ...others] = servedPages(root);
      const origin = first && parsed(value(first))?.origin;
      return others.flatMap((element) =>
        when(
          parsed(value(element))?.origin !== origin,
          element,
          `"${value(element)}" is not under ${origin}`,
        ),
      );
    },
  },
  {
    id: "fixed-paths",
    says: "only the permanent paths of the service",
    check: (root) =>
      servedPages(root).flatMap((element) => {
        const path = parsed(value(element))?.pathname ?? "";
        return when(!fixedPaths.test(path), element, `"${path}" is not a permanent path of the service`);
      }),
  },
];
