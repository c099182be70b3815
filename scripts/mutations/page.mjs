/**
 * Writes docs/mutations.md: which tests noticed which mutation.
 * @module
 */

/** Maximum number of test names listed for one mutation, and maximum characters of each. */
const maxNames = 3;
const maxNameChars = 100;

/**
 * @typedef {import("./mutations.mjs").Mutation} Mutation
 * @typedef {Mutation & { noticedBy: readonly string[] }} Outcome
 */

/**
 * @param {readonly Mutation[]} mutations all mutations
 * @param {readonly Outcome[]} outcomes of the mutations run now
 * @param {string} before the existing page; its rows are kept for the other mutations
 */
export function page(mutations, outcomes, before) {
  const earlier = before.split("\n");
  const rows = mutations.flatMap((mutation) => {
    const outcome = outcomes.find(({ without }) => without === mutation.without);
    return outcome ? rowOf(outcome) : (earlier.find((row) => row.startsWith(beginningOf(mutation))) ?? []);
  });
  const noticed = rows.filter((row) => !row.endsWith("| nothing |")).length;
  return `# Protections broken on purpose

Written by \`node scripts/mutations.mjs\`. It breaks one protection after another in a copy of the project and runs the test file that should fail: **${noticed} of ${mutations.length} noticed**.

| | without | in | test file | noticed by |
|---|---|---|---|---|
${rows.join("\n")}
`;
}

/** @param {Mutation} mutation */
const beginningOf = ({ requirement, without }) => `| ${requirement} | ${without} | `;

/** @param {Outcome} outcome */
function rowOf({ noticedBy, ...mutation }) {
  const { file, tests } = mutation;
  return `${beginningOf(mutation)}\`${file.replace(/^src\//, "")}\` | \`${tests.join("`, `")}\` | ${names(noticedBy)} |`;
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
