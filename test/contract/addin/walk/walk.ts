/**
 * A random walk through a workbook: actions of people and of Excel, reproducible by its seed.
 *
 * After every step each formula must show an answer to its own question, at least as new as a person was told, or show
 * that it has none. At every calm, everything must finish and show the newest data.
 * @module
 */
import { randomFrom } from "../../../../src/simulator/sample/random.ts";
import type { ProfileName } from "../../../../src/workbench/excel-host/profiles.ts";
import { actions } from "./actions.ts";
import { calm } from "./calm.ts";
import { createPresses } from "./presses.ts";
import { openWorkbook } from "./workbook.ts";

/** Steps in one workbook; then the walk continues in a new one. */
export const stepsOfWorkbook = 200;
const stepsToCalm = 25;
/** Maximum number of actions listed in an error. */
const maxTold = 40;

/**
 * @returns how often each action was taken
 * @throws Error with the actions before the failure
 */
export async function walk(profile: ProfileName, seed: number, steps: number): Promise<Map<string, number>> {
  const random = randomFrom(seed, profile);
  const book = await openWorkbook(profile, random, {
    calculation: random.chance(0.3) ? "manual" : "automatic",
    opening: random.chance(0.3) ? "calculatesAll" : "asSaved",
    dateSystem: random.chance(0.1) ? "1904" : "1900",
    storage: random.chance(0.2) ? "ofPage" : "shared",
  });
  const presses = createPresses(book);
  const taken: string[] = [];
  const counts = new Map<string, number>();
  const names = Object.entries(actions).flatMap(([name, { weight }]) =>
    Array.from({ length: weight }, () => name),
  );
  try {
    for (let step = 1; step <= steps; step++) {
      const name = random.pick(names);
      taken.push(name);
      counts.set(name, (counts.get(name) ?? 0) + 1);
      const detail = await actions[name]!.act({ book, random, presses });
      if (detail !== undefined) taken[taken.length - 1] = `${name} ${JSON.stringify(detail)}`;
      await book.clock.pass(random.pick([0, 0, 1, 50, 300, 1000]));
      book.check();
      if (step % stepsToCalm === 0) {
        taken.push("calm");
        await calm({ book, random, presses });
      }
    }
  } catch (error) {
    const told = taken.slice(-maxTold).join("; ");
    throw new Error(`${profile}, seed ${seed}, step ${taken.length}: ${(error as Error).message}\n${told}`, {
      cause: error,
    });
  }
  return counts;
}
