/**
 * docs/mutations.md: which tests noticed what.
 * @module
 */

/** Names of tests that are listed for one mutation, and how long each may be. */
const maxNames = 3;
const maxNameChars = 100;

/**
 * @typedef {import("./mutations.mjs").Mutation & { noticedBy: readonly string[] }} Outcome
 * @param {readonly Outcome[]} outcomes
 */
export function page(outcomes) {
  const noticed = outcomes.filter(({ noticedBy }) => noticedBy.length > 0).length;
  const rows = outcomes.map(
    ({ requirement, without, file, tests, noticedBy }) =>
      `| ${requirement} | ${without} | \`${file.replace(/^src\//, "")}\` | \`${tests.join("`, `")}\` | ${names(noticedBy)} |`,
  );
  return `# Protections that were broken on trial

Written by \`node scripts/mutations.mjs\`. It breaks one protection after the other in a copy of the project and runs the test file that should notice: **${noticed} of ${outcomes.length} noticed**.

| | without | in | test file | noticed by |
|---|---|---|---|---|
${rows.join("\n")}
`;
}

/** @param {readonly string[]} tests */
function names(tests) {
  if (tests.length === 0) return "nothing";
  const more = tests.length > maxNames ? ` and ${tests.length - maxNames} more` : "";
  return tests.slice(0, maxNames).map(name).join(", ") + more;
}

/** @param {string} test */
function name(test) {
  const text = test.replaceAll("|", "\\|").replaceAll("`", "").replace(/\s+/g, " ");
  return `“${text.length > maxNameChars ? `${text.slice(0, maxNameChars)}…` : text}”`;
}
