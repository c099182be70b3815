/**
 * What a rule says about an element.
 * @module
 */
/** @import { ManifestElement } from "./read-manifest.mjs" */

/** @typedef {{ element: ManifestElement, message: string }} Finding */
/** @typedef {{ id: string, says: string, check: (root: ManifestElement) => Iterable<Finding> }} Rule */

/**
 * @param {boolean} broken
 * @param {ManifestElement} element
 * @param {string} message
 * @returns {Finding[]} one finding or none
 */
export const when = (broken, element, message) => (broken ? [{ element, message }] : []);
