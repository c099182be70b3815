/** @import { ManifestElement } from "./read-manifest.mjs" */

/** @typedef {{ element: ManifestElement, message: string }} Finding */
/** @typedef {{ id: string, says: string, check: (root: ManifestElement) => Iterable<Finding> }} Rule */

/**
 * @param {boolean} broken
 * @param {ManifestElement} element
 * @param {string} message
 * @returns {Finding[]} one finding if `broken`, otherwise none
 */
export const when = (broken, element, message) => (broken ? [{ element, message }] : []);
