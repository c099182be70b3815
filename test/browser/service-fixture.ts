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
  /** What should not have happened since it was opened. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

export interface ServiceFixture<Started> {
  readonly service: Started;
  /** Closes the page after the test; then it must not have complained. */
  watch<Page extends Watched>(page: Page): Page;
  /**
   * The page that the tests of the file share, opened by the first of them and anew after a test that failed. It must
   * not have complained after any test.
   */
  share<Page extends Watched>(open: () => Promise<Page>): Promise<{ page: Page; isNew: boolean }>;
}

/** Registers the hooks. */
export function useService<Started extends Service>(start: () => Promise<Started>): ServiceFixture<Started> {
  let service: Started | undefined;
  let watched: Watched[] = [];
  let shared: Watched | undefined;

  beforeAll(async () => {
    service = await start();
  });
  afterEach(async ({ task }) => {
    const complaints = [...watched, ...(shared ? [shared] : [])].flatMap((page) => page.complaints);
    await Promise.all(watched.map((page) => page.close()));
    watched = [];
    if (complaints.length > 0 || task.result?.state === "fail") await closeShared();
    service?.simulator.faults.clear();
    service?.simulator.clearRequests();
    expect(complaints).toEqual([]);
  });
  afterAll(async () => {
    await closeShared();
    await service?.close();
  });

  async function closeShared() {
    await shared?.close();
    shared = undefined;
  }

  return {
    get service() {
      return service!;
    },
    watch(page) {
      watched.push(page);
      return page;
    },
    async share<Page extends Watched>(open: () => Promise<Page>) {
      const isNew = shared === undefined;
      const page = (shared as Page | undefined) ?? (await open());
      shared = page;
      return { page, isNew };
    },
  };
}
