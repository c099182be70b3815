import { beforeEach, expect, it, vi } from "vitest";
import { createMemoryStorage } from "../../../../../src/workbench/excel-host/node/memory-storage.ts";

const connection = (environment: string, ticket = environment) => ({
  name: environment,
  label: environment,
  environment,
  ticket,
  expiresAt: "2026-11-26T18:00:00.000Z",
});
const typed = connection("production");
const sample = connection("sample");

let storage: Storage;

/** The store as a page that has just been opened has it. */
async function openPage(protocol: string) {
  vi.resetModules();
  vi.stubGlobal("localStorage", storage);
  vi.stubGlobal("location", { protocol });
  return import("../../../../../src/addin/runtime/session/connection-store.ts");
}

beforeEach(() => {
  storage = createMemoryStorage();
  return () => vi.unstubAllGlobals();
});

it("over https all connections outlive the page, in their order", async () => {
  const { writeConnections } = await openPage("https:");
  writeConnections([typed, sample]);
  expect((await openPage("https:")).readConnections()).toEqual([typed, sample]);
});

it("over plain http those with typed credentials are with their page alone, in their order", async () => {
  const page = await openPage("http:");
  page.writeConnections([sample, typed]);
  expect(page.readConnections()).toEqual([sample, typed]);
  expect(JSON.stringify(storage.getItem("kal.connections"))).not.toContain(typed.ticket);
  expect((await openPage("http:")).readConnections()).toEqual([sample]);
});

it("over plain http a page follows the others, and keeps its own", async () => {
  const page = await openPage("http:");
  page.writeConnections([sample, typed]);
  storage.setItem("kal.connections", JSON.stringify([{ ...sample, ticket: "newer" }]));
  expect(page.readConnections()).toEqual([typed, { ...sample, ticket: "newer" }]);
});

it("over plain http a ticket that was stored before is removed", async () => {
  storage.setItem("kal.connections", JSON.stringify([typed, sample]));
  expect((await openPage("http:")).readConnections()).toEqual([sample]);
  expect(storage.getItem("kal.connections")).not.toContain(typed.ticket);
});
