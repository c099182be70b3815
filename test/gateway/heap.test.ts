import v8 from "node:v8";
import { expect, test, vi } from "vitest";
import { startTestGateway } from "./support/gateway.ts";

// lru-cache accepts only whole bytes. Node 24 allows itself the second of these sizes; half of a fifth of it is not
// whole.
test.each([4_345_298_944, 4_496_293_888, 2_197_815_301, 536_870_913, 16_777_217])(
  "the service starts where Node allows itself %i bytes",
  async (limit) => {
    const heap = vi.spyOn(v8, "getHeapStatistics");
    heap.mockReturnValue({ heap_size_limit: limit } as v8.HeapInfo);
    const gateway = await startTestGateway().finally(() => heap.mockRestore());
    await gateway.close();
    expect(gateway.port).toBeGreaterThan(0);
  },
);
