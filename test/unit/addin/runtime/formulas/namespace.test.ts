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
    const { namespace, ourFunction } = await onPage();
    expect(namespace).toBe("KAL");
    expect(ourFunction.exec("_xldudf_KAL_QUERY")?.[1]).toBe("QUERY");
  });

  it("of a test add-in leaves the production one's formulas alone, and the other way round", async () => {
    const production = (await onPage()).ourFunction;
    const { namespace, ourFunction } = await onPage("KAL_TEST");
    expect(namespace).toBe("KAL_TEST");
    expect(ourFunction.exec("kal_test.lookup")?.[1]).toBe("lookup");
    expect(ourFunction.test("KAL.LOOKUP")).toBe(false);
    expect(production.test("KAL_TEST.LOOKUP")).toBe(false);
  });
});
