/**
 * Simulators that the tests of a file share one after the other, because creating keys and sample data takes longer
 * than most tests.
 * @module
 */
import { type Simulator, type SimulatorOptions, startSimulator } from "../../src/simulator/simulator.ts";

/** Options of shared simulators: they may differ in their data only. */
export type SharedSimulatorOptions = Pick<SimulatorOptions, "ownSites" | "seed" | "nullEvery">;

/** Unused simulators, by their options. */
const idle = new Map<string, Simulator[]>();

/** Returns a simulator without faults and with an empty request log. No other test uses it until it is given back. */
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

/** Closes all simulators that were given back. */
export async function closeSimulators(): Promise<void> {
  const simulators = [...idle.values()].flat();
  idle.clear();
  await Promise.all(simulators.map((simulator) => simulator.close()));
}
