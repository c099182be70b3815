import { afterEach, describe, expect, it, vi } from "vitest";

/** The module as on a page with this namespace, or on one that says nothing. */
async function onPage(namespace?: string) {
  vi.resetModules();
  vi.stubGlobal("document", { documentElement: { dataset: namespace === undefined ? {} : { namespace } } });
  return import("../../../../../src/addin/runtime/formulas/namespace.ts");
}

afterEach(() => vi.resetModules());

describe("the namespace", () => {
  it("is KAL where the page says nothing", async () => {
    const { namespace, ownFunctionOf } = await onPage();
    expect(namespace).toBe("KAL");
    expect(ownFunctionOf("_xldudf_KAL_QUERY")).toBe("QUERY");
  });

  it("of a test add-in leaves the production one's formulas alone, and the other way round", async () => {
    const production = (await onPage()).ownFunctionOf;
    const { namespace, ownFunctionOf } = await onPage("KAL_TEST");
    expect(namespace).toBe("KAL_TEST");
    expect(ownFunctionOf("kal_test.lookup")).toBe("LOOKUP");
    expect(ownFunctionOf("KAL.LOOKUP")).toBeUndefined();
    expect(production("KAL_TEST.LOOKUP")).toBeUndefined();
  });
});
