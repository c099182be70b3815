/** Set-up for each test file that uses simulators. */
import { afterAll } from "vitest";
import { closeSimulators } from "./simulators.ts";

afterAll(closeSimulators);
