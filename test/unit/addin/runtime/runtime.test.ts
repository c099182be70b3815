import { expect, it, vi } from "vitest";
import { createRuntime } from "../../../../src/addin/runtime/runtime.ts";
import { createMemoryStorage } from "../../../../src/workbench/excel-host/node/memory-storage.ts";

const sample = {
  name: "sample",
  label: "Sample",
  environment: "sample",
  ticket: "ticket",
  expiresAt: "2030-01-01T00:00:00Z",
};

/** The globals of a page without Excel. */
function openPage(storage = createMemoryStorage()) {
  vi.stubGlobal("localStorage", storage);
  vi.stubGlobal("location", { protocol: "https:" });
  return storage;
}

it("is made without Office, Excel and a page", () => {
  expect(() => createRuntime()).not.toThrow();
});

it("shares nothing with another of the same page but what is stored on the computer", () => {
  const storage = openPage();
  const [one, other] = [createRuntime(), createRuntime()];
  one.pause.pause();
  one.reachability.note(false);
  one.settings.write({ "KAL.connection": "sample" });
  one.failedCalls.recordFailure("Sheet1!A1", {});
  one.openCalls.begin("Sheet1!A1");
  expect(other.pause.isPaused()).toBe(false);
  expect(other.reachability.isReachable()).toBe(true);
  expect(other.settings.connection()).toBeUndefined();
  expect(other.failedCalls.take().size).toBe(0);
  expect(other.openCalls.addresses()).toEqual([]);
  storage.setItem("kal.connections", JSON.stringify([sample]));
  expect(other.session.all()).toEqual([sample]);
});

it("tells of a change only after names mean the new connection", () => {
  const storage = openPage();
  const { session } = createRuntime();
  storage.setItem("kal.connections", JSON.stringify([sample]));
  expect(session.connectionFor("sample").ticket).toBe("ticket");
  const meant: string[] = [];
  session.onChange(() => meant.push(session.connectionFor("sample").ticket));
  storage.setItem("kal.connections", JSON.stringify([{ ...sample, ticket: "newer" }]));
  session.reread();
  expect(meant).toEqual(["newer"]);
});
