/**
 * Random walks under every profile of Excel. `KAL_WALK_STEPS=10000` makes them long, `KAL_WALK_SEED` chooses another
 * walk.
 */
import { expect, it } from "vitest";
import { profileNames } from "../../../src/workbench/excel-host/profiles.ts";
import { stepsOfWorkbook, walk } from "./walk/walk.ts";

const steps = Number(process.env["KAL_WALK_STEPS"] ?? 300);
const firstSeed = Number(process.env["KAL_WALK_SEED"] ?? 20);

it.each(profileNames)(
  "%s: no step leaves a wrong value that looks right, and none hangs",
  { timeout: 60_000 + steps * 200 },
  async (profile) => {
    let taken = 0;
    for (let seed = firstSeed; taken < steps; seed++) {
      const counts = await walk(profile, seed, Math.min(stepsOfWorkbook, steps - taken));
      taken += [...counts.values()].reduce((sum, count) => sum + count, 0);
    }
    expect(taken).toBe(steps);
  },
);
