/**
 * `node scripts/mutations.mjs [R9 E2 …]`: breaks the protections in scripts/mutations/ one after the other (all, or those
 * of the named requirements), finds the tests that notice, and updates docs/mutations.md. Exits with 1 if no test
 * notices one of them.
 */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { copyProject, mutate } from "./mutations/copy.mjs";
import { mutations } from "./mutations/mutations.mjs";
import { page } from "./mutations/page.mjs";
import { startTestRuns } from "./mutations/test-runs.mjs";
import { build } from "./steps/build.mjs";
import { failure, runScript } from "./steps/failure.mjs";
import { root } from "./steps/root.mjs";

await runScript(async () => {
  const named = process.argv.slice(2);
  const chosen = mutations.filter(({ requirement }) => named.length === 0 || named.includes(requirement));
  if (chosen.length === 0)
    throw failure(`There is no mutation of ${named.join(", ")}; name requirements such as R9.`, 2);
  const copy = copyProject();
  const runs = await startTestRuns(copy.folder);
  const buildAddin = () => build({ root: copy.folder, wanted: ["addin"], say: () => undefined });
  try {
    if (chosen.some(({ isBuilt }) => isBuilt)) await buildAddin();
    const failing = await findFailing(runs, [...new Set(chosen.flatMap(({ tests }) => tests))]);
    const outcomes = [];
    for (const mutation of chosen) {
      const mend = mutate(copy.folder, mutation);
      if (mutation.isBuilt) await buildAddin();
      runs.reread(mutation.file);
      const { failed: all, errors } = await runs.run(mutation.tests);
      const failed = all.filter((test) => !failing.has(test));
      mend();
      runs.reread(mutation.file);
      const { requirement, without } = mutation;
      console.log(`${requirement} without ${without}: ${failed.length > 0 ? "noticed" : "NOT NOTICED"}`);
      for (const line of failed.length > 0 ? failed : errors) console.log(`    ${line}`);
      outcomes.push({ ...mutation, noticedBy: failed });
    }
    const noticed = outcomes.filter(({ noticedBy }) => noticedBy.length > 0);
    console.log(`${noticed.length} of ${outcomes.length} noticed`);
    const written = path.join(root, "docs/mutations.md");
    writeFileSync(written, page(mutations, outcomes, readFileSync(written, "utf8")));
    return noticed.length === outcomes.length ? 0 : 1;
  } finally {
    await runs.close();
    copy.remove();
  }
});

/**
 * Tests that fail without any mutation, as they may on a busy machine. They are not counted.
 * @param {Awaited<ReturnType<typeof startTestRuns>>} runs
 * @param {readonly string[]} tests
 */
async function findFailing(runs, tests) {
  const { passed, failed, errors } = await runs.run(tests);
  console.log(`${passed.length} tests in ${tests.length} files pass without a mutation`);
  for (const line of [...failed, ...errors]) console.log(`    not counted, it fails: ${line}`);
  return new Set(failed);
}
