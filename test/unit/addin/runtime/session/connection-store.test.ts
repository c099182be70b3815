import { beforeEach, expect, it, vi } from "vitest";
import { createConnectionStore } from "../../../../../src/addin/runtime/session/connection-store.ts";
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
function openPage(protocol: string) {
  vi.stubGlobal("localStorage", storage);
  vi.stubGlobal("location", { protocol });
  return createConnectionStore();
}

beforeEach(() => {
  storage = createMemoryStorage();
  return () => vi.unstubAllGlobals();
});

it("over https all connections outlive the page, in their order", () => {
  openPage("https:").write([typed, sample]);
  expect(openPage("https:").read()).toEqual([typed, sample]);
});

it("over plain http those with typed credentials are with their page alone, in their order", () => {
  const page = openPage("http:");
  page.write([sample, typed]);
  expect(page.read()).toEqual([sample, typed]);
  expect(JSON.stringify(storage.getItem("kal.connections"))).not.toContain(typed.ticket);
  expect(openPage("http:").read()).toEqual([sample]);
});

it("over plain http a page follows the others, and keeps its own", () => {
  const page = openPage("http:");
  page.write([sample, typed]);
  storage.setItem("kal.connections", JSON.stringify([{ ...sample, ticket: "newer" }]));
  expect(page.read()).toEqual([typed, { ...sample, ticket: "newer" }]);
});

it("over plain http a ticket that was stored before is removed", () => {
  storage.setItem("kal.connections", JSON.stringify([typed, sample]));
  expect(openPage("http:").read()).toEqual([sample]);
  expect(storage.getItem("kal.connections")).not.toContain(typed.ticket);
});

it("over plain http a signed-in analyst's ticket is with its page alone, whatever it opens", () => {
  const analyst = { name: "Ada", tenant: "t", objectId: "o", roles: ["Pricing.Read"] };
  const page = openPage("http:");
  page.write([{ ...sample, analyst }]);
  expect(page.read()).toEqual([{ ...sample, analyst }]);
  expect(openPage("http:").read()).toEqual([]);
});
