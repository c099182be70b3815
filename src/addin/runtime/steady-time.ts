/**
 * The one steady clock of this runtime.
 * @module
 */
import { createSteadyClock } from "../../kalibrate/steady-clock.ts";

/** Milliseconds for elapsed time: goes on while the computer sleeps, never goes back. */
export const steadyTime = createSteadyClock();
