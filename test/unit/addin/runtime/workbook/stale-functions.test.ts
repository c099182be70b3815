import { beforeEach, describe, expect, it, vi } from "vitest";
import { followFunctions } from "../../../../../src/addin/runtime/workbook/stale-functions.ts";

const force = "Office.ForceRefreshCustomFunctionsCache";

/** A workbook's settings; a computer's storage is beside them. */
function workbook() {
  const saved = new Map<string, unknown>();
  const settings = {
    read: (key: string) => saved.get(key),
    write: (values: Readonly<Record<string, unknown>>) => {
      for (const [key, value] of Object.entries(values)) saved.set(key, value);
    },
  };
  return { saved, open: (own: string, served = own) => followFunctions(settings, own, async () => served) };
}

beforeEach(() => {
  const stored = new Map<string, string>();
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => stored.set(key, value),
  });
});

describe("Excel's copy of the functions", () => {
  it("is left alone on a computer's first day, and as long as nothing changes", async () => {
    const { saved, open } = workbook();
    await open("1.2.0");
    await open("1.2.0");
    expect(saved.size).toBe(0);
  });

  it("is fetched anew once where the service was upgraded while the workbook was open", async () => {
    const { saved, open } = workbook();
    await open("1.2.0");
    await open("1.2.0", "1.3.0");
    expect(saved.get(force)).toBe(true);
    // Opened again: the new page finds that this computer last ran the old one, and its next opening that all agree.
    await open("1.3.0");
    expect(saved.get(force)).toBe(true);
    await open("1.3.0");
    expect(saved.get(force)).toBe(false);
  });

  it("is fetched anew once in the first workbook that is opened after an upgrade", async () => {
    const [before, after, later] = [workbook(), workbook(), workbook()];
    await before.open("1.2.0");
    await after.open("1.3.0");
    await later.open("1.3.0");
    expect(after.saved.get(force)).toBe(true);
    expect(later.saved.size).toBe(0);
    await after.open("1.3.0");
    expect(after.saved.get(force)).toBe(false);
  });

  it("is fetched anew after a rollback, too", async () => {
    const { saved, open } = workbook();
    await open("1.3.0");
    await open("1.2.0");
    expect(saved.get(force)).toBe(true);
  });

  it("is not thought stale where the service cannot be asked or does not say", async () => {
    const settings = { read: () => undefined, write: vi.fn() };
    await followFunctions(settings, "1.2.0", async () => undefined);
    await expect(
      followFunctions(settings, "1.2.0", () => Promise.reject(new Error("offline"))),
    ).rejects.toThrow();
    expect(settings.write).not.toHaveBeenCalled();
  });
});
