/** Set-up of each test file that takes simulators. */
import { afterAll } from "vitest";
import { closeSimulators } from "./simulators.ts";

afterAll(closeSimulators);
