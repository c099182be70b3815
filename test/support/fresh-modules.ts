/**
 * Set-up of each unit test file. The files share a worker and its packages, but reload our own modules, because some of
 * them hold state.
 */
import { vi } from "vitest";

vi.resetModules();
