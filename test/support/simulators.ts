/**
 * Simulators that the tests of a file use one after the other: making keys and sample data takes longer than most tests.
 * @module
 */
import { type Simulator, type SimulatorOptions, startSimulator } from "../../src/simulator/simulator.ts";

/** What may differ between simulators that are used again: their data only. */
export type SharedSimulatorOptions = Pick<SimulatorOptions, "ownSites" | "seed" | "nullEvery">;

/** By their options, those that no test uses at the moment. */
const idle = new Map<string, Simulator[]>();

/**
 * Gives a simulator without faults and with an empty record of requests, which no other test uses until it is given
 * back.
 */
export async function takeSimulator(options: SharedSimulatorOptions = {}) {
  const key = JSON.stringify(options, ["ownSites", "seed", "nullEvery"]);
  const others = idle.get(key) ?? [];
  idle.set(key, others);
  const simulator = others.pop() ?? (await startSimulator(options));
  return {
    simulator,
    giveBack() {
      simulator.faults.clear();
      simulator.clearRequests();
      others.push(simulator);
    },
  };
}

/** Ends those that were given back. */
export async function closeSimulators(): Promise<void> {
  const simulators = [...idle.values()].flat();
  idle.clear();
  await Promise.all(simulators.map((simulator) => simulator.close()));
}
