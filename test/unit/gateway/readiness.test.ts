import { describe, expect, it, vi } from "vitest";
import { createReadiness } from "../../../src/gateway/readiness.ts";
import { recordingLog } from "./support.ts";

describe("readiness", () => {
  it("holds while the store answers, and logs once when it does not", async () => {
    const { log, text } = recordingLog();
    let get: () => Promise<undefined> = async () => undefined;
    const readiness = createReadiness({ get: () => get() }, log);
    expect(await readiness.isReady()).toBe(true);
    get = () => Promise.reject(new Error("connection lost to redis.internal"));
    expect([await readiness.isReady(), await readiness.isReady()]).toEqual([false, false]);
    expect(text().match(/cannot be reached/g)).toHaveLength(1);
    expect(text()).not.toContain("redis.internal");
    get = async () => undefined;
    expect(await readiness.isReady()).toBe(true);
    expect(text()).toContain("can be reached again");
  });

  it("does not wait for a store that hangs", async () => {
    vi.useFakeTimers();
    try {
      const { log } = recordingLog();
      const readiness = createReadiness({ get: () => new Promise(() => undefined) }, log);
      const answer = readiness.isReady();
      await vi.advanceTimersByTimeAsync(1000);
      expect(await answer).toBe(false);
    } finally {
      vi.useRealTimers();
    }
  });

  it("ends when the service stops", async () => {
    const readiness = createReadiness({ get: async () => undefined }, recordingLog().log);
    readiness.stop();
    expect(await readiness.isReady()).toBe(false);
  });
});
