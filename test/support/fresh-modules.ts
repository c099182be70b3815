/**
 * Set-up of each test file of the unit tests: files share a worker and the packages in it, but our own modules start
 * anew, since some of them hold state.
 */
import { vi } from "vitest";

vi.resetModules();
