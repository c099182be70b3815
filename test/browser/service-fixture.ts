/**
 * One service for a test file, and what must hold after each of its tests.
 * @module
 */
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import type { Simulator } from "../../src/simulator/simulator.ts";

interface Service {
  readonly simulator: Simulator;
  close(): Promise<void>;
}

/** A page under test. */
interface Watched {
  /** What should not have happened. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

export interface ServiceFixture<Started> {
  readonly service: Started;
  /** It is closed after the test; then it must not have complained. */
  watch<Page extends Watched>(page: Page): Page;
}

/** Registers the hooks. */
export function useService<Started extends Service>(start: () => Promise<Started>): ServiceFixture<Started> {
  let service: Started | undefined;
  let watched: Watched[] = [];

  beforeAll(async () => {
    service = await start();
  });
  afterEach(async () => {
    const complaints = watched.flatMap((page) => page.complaints);
    await Promise.all(watched.map((page) => page.close()));
    watched = [];
    service?.simulator.faults.clear();
    service?.simulator.clearRequests();
    expect(complaints).toEqual([]);
  });
  afterAll(() => service?.close());

  return {
    get service() {
      return service!;
    },
    watch(page) {
      watched.push(page);
      return page;
    },
  };
}
