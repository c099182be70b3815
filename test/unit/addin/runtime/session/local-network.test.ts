import { describe, expect, it, vi } from "vitest";
import { localNetworkAdvice } from "../../../../../src/addin/runtime/session/local-network.ts";

/** A browser that knows these permissions, and rejects the query for any other. */
function inExcel(platform: string, states: Readonly<Record<string, string>>) {
  vi.stubGlobal("Office", { context: { platform } });
  const query = ({ name }: { name: string }) =>
    name in states ? Promise.resolve({ state: states[name] }) : Promise.reject(new TypeError(name));
  vi.stubGlobal("navigator", { permissions: { query } });
}

describe("a page that cannot reach its service", () => {
  it.each([
    ["local-network-access", "denied", "Click the icon left of the address"],
    ["loopback-network", "denied", "Click the icon left of the address"],
    ["local-network-access", "prompt", "click Allow"],
  ])("says in a browser what to click where %s is %s", async (name, state, words) => {
    inExcel("OfficeOnline", { [name]: state });
    expect(await localNetworkAdvice()).toContain(words);
  });

  it("says nothing of it where the browser allows it, or does not know it", async () => {
    inExcel("OfficeOnline", { "local-network-access": "granted" });
    expect(await localNetworkAdvice()).toBeUndefined();
    inExcel("OfficeOnline", {});
    expect(await localNetworkAdvice()).toBeUndefined();
    vi.stubGlobal("navigator", {});
    expect(await localNetworkAdvice()).toBeUndefined();
  });

  it("says nothing of it on a desktop, whatever its web view answers", async () => {
    inExcel("PC", { "local-network-access": "denied" });
    expect(await localNetworkAdvice()).toBeUndefined();
  });
});
