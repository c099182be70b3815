/**
 * Protections and how to break each of them. The text that a mutation replaces must occur in its file exactly once
 * (test/unit/scripts/mutations.test.ts).
 * @module
 */
import { callers } from "./callers.mjs";
import { organisation } from "./organisation.mjs";
import { excel } from "./excel.mjs";
import { secrets } from "./secrets.mjs";
import { upstreams } from "./upstreams.mjs";

/**
 * @typedef {object} Mutation
 * @property {string} requirement of docs/threat-model.md: R9; or a fact of test/support/excel-facts.ts: E2, B2
 * @property {string} without the protection that is broken, worded to follow “without”
 * @property {string} file
 * @property {string} find
 * @property {string} replace
 * @property {string[]} tests files that should notice
 * @property {boolean} [isBuilt] whether those tests run the built add-in
 */

/** @param {Mutation} mutation */
const numberOf = ({ requirement }) => Number(requirement.slice(1));

/** In the order of the requirements, then those of Excel's facts. @type {readonly Mutation[]} */
export const mutations = [
  ...[...callers, ...organisation, ...secrets, ...upstreams].sort(
    (left, right) => numberOf(left) - numberOf(right),
  ),
  ...excel,
];
