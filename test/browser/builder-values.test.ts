/**
 * Values of filters: picked from those that the records hold, by mouse and keys.
 */
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { addFilter, beginWith, openBuilder, selectCell, shownFormula, status } from "./builder-actions.ts";
import { openBrowser } from "./open-browser.ts";
import { button } from "./pane-actions.ts";
import { usePanes } from "./pane-fixture.ts";

const textColumn = (name: string) => ({ name, label: name, type: "text" });

const { browser, unavailable } = await openBrowser();

describe.skipIf(!browser)(["values of filters", unavailable].filter(Boolean).join(": "), () => {
  const panes = usePanes(browser);
  const start = async () => (await panes.show()).page;
  /** The values that are offered for a filter. */
  const values = (page: Page) => page.locator(".values [role=option]");

  it("knows values of what is chosen now: those of another variant are forgotten", async () => {
    const page = await start();
    await beginWith(page, "Site");
    await addFilter(page, "name");
    const offered = () => values(page).allTextContents();
    await page.getByLabel("Value", { exact: true }).click();
    await expect.poll(async () => (await offered()).length).toBe(3);
    const own = await offered();
    await page.locator("#builder-kind").selectOption("Competitor");
    await page.getByLabel("Value", { exact: true }).click();
    await expect.poll(async () => (await offered()).length).toBeGreaterThan(0);
    expect(await offered()).not.toEqual(own);
  });

  it("filters by the code and the name of what a record refers to, picked by keys alone", async () => {
    const page = await start();
    await beginWith(page, "Product");
    await addFilter(page, "site.importCode");
    await page.getByLabel("Value", { exact: true }).focus();
    await page.keyboard.press("ArrowDown");
    await values(page).nth(2).waitFor();
    expect(await values(page).first().textContent()).toMatch(/^\s*\d+, \w/);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    const chosen = () => page.getByLabel("Value", { exact: true }).inputValue();
    await expect.poll(chosen).toMatch(/^\d+$/);
    const code = await chosen();
    expect(await values(page).count()).toBe(0);
    await expect.poll(() => shownFormula(page)).toContain(`(site.importCode=${code})`);
    await expect.poll(() => page.locator(".rows tbody tr").count()).toBeGreaterThan(0);
  });

  it("offers only values that the other filters leave, and takes several into a list", async () => {
    const page = await start();
    await beginWith(page, "Product");
    await addFilter(page, "product.name");
    await page.getByLabel("Value", { exact: true }).click();
    await values(page).nth(3).waitFor();
    const all = await values(page).count();
    await page.keyboard.press("Escape");
    await addFilter(page, "currentPrice");
    await page.getByLabel("Comparison").nth(1).selectOption(">");
    await page.getByLabel("Value", { exact: true }).nth(1).fill("1.4");
    await page.getByLabel("Comparison").first().selectOption("in");
    await page.getByLabel("Value", { exact: true }).first().click();
    await expect.poll(() => values(page).count()).toBeLessThan(all);
    await values(page).nth(0).click();
    await values(page).nth(1).click();
    const list = () => page.getByLabel("Value", { exact: true }).first().inputValue();
    await expect.poll(list).toMatch(/^[^,]+, [^,]+$/);
    await expect.poll(() => shownFormula(page)).toContain(`(product.name in ${await list()})`);
  });

  it("shows the whole list, over the buttons to insert too", async () => {
    const page = await start();
    await beginWith(page, "Site");
    await addFilter(page, "name");
    await page.getByLabel("Value", { exact: true }).click();
    await values(page).nth(2).waitFor();
    const { x, y, height } = (await page.locator(".values").boundingBox())!;
    await page.setViewportSize({ width: 350, height: Math.ceil(y + height) });
    const isList = ([left, top]: readonly [number, number]) =>
      document.elementFromPoint(left, top)?.closest(".values") !== null;
    expect(await page.evaluate(isList, [x + 20, y + height - 4] as const)).toBe(true);
  });

  it("holds every value of a long list, searched as one types", async () => {
    const page = await start();
    const brands = Array.from({ length: 1200 }, (_, at) => [`Brand ${at}`]);
    await page.route("**/api/v1/query", async (route) => {
      const body = route.request().postDataJSON() as { collection: string; limit?: number };
      if (!/^reference\/Brand$/i.test(body.collection)) return route.fallback();
      const columns = [{ name: "name", label: "Name", type: "text" }];
      const rows = brands.slice(0, body.limit || Infinity);
      await route.fulfill({ json: { columns, rows, asOf: new Date().toISOString(), rowCount: rows.length } });
    });
    await beginWith(page, "Site");
    await addFilter(page, "brand.name");
    await page.getByLabel("Value", { exact: true }).click();
    await status(page, "1,200 values.").waitFor();
    await page.getByLabel("Value", { exact: true }).fill("bränd 1199");
    await status(page, "1 of 1,200 match.").waitFor();
    await values(page).first().click();
    await expect.poll(() => page.getByLabel("Value", { exact: true }).inputValue()).toBe("Brand 1199");
    await expect.poll(() => shownFormula(page)).toContain("(brand.name=Brand 1199)");
  });

  it("shows a record by its name where the formula has its id", async () => {
    const page = await start();
    const id = "3f2504e0-4f89-11d3-9a0c-0305e82c0001";
    await page.route("**/api/v1/query", async (route) => {
      const body = route.request().postDataJSON() as { collection: string };
      if (!/^reference\/Brand$/i.test(body.collection)) return route.fallback();
      const columns = ["entityId", "name"].map(textColumn);
      const rows = [[id, "Fuelwell"]];
      await route.fulfill({ json: { columns, rows, asOf: new Date().toISOString(), rowCount: 1 } });
    });
    await openBuilder(page);
    await selectCell(page, 7, 5, `=KAL.QUERY("site","(brand.entityId=${id})")`);
    await button(page, "Edit the formula in Prices!F8").click();
    await expect.poll(() => page.getByLabel("Value", { exact: true }).inputValue()).toBe("Fuelwell");
    expect(await shownFormula(page)).toContain(id);
  });

  it("counts all values where the first records do not hold them", async () => {
    const page = await start();
    const codes = Array.from({ length: 1500 }, (_, at) => `C${at}`);
    const answer = (names: string[], rows: unknown[][]) => ({
      json: { columns: names.map(textColumn), rows, asOf: new Date().toISOString(), rowCount: rows.length },
    });
    await page.route("**/api/v1/query", async (route) => {
      const body = route.request().postDataJSON() as { fields?: string[]; limit?: number };
      if (body.fields?.join() !== "importCode,name") return route.fallback();
      await route.fulfill(
        answer(
          ["importCode", "name"],
          codes.slice(0, body.limit).map((code) => [code, ""]),
        ),
      );
    });
    await page.route("**/api/v1/summary", (route) =>
      route.fulfill(
        answer(
          ["importCode", "name", "count"],
          codes.map((code) => [code, "", 1]),
        ),
      ),
    );
    await beginWith(page, "Site");
    await addFilter(page, "importCode");
    await page.getByLabel("Value", { exact: true }).click();
    await status(page, "1,500 values.").waitFor();
    await page.getByLabel("Value", { exact: true }).fill("C1499");
    await values(page).getByText("C1499").waitFor();
  });

  it("says that there are more values where they cannot be counted, and looks them up as one types", async () => {
    const page = await start();
    const codes = Array.from({ length: 1500 }, (_, at) => `C${at}`);
    const error = { code: "KAL_TOO_LARGE", message: "Too large.", hint: "Filter.", retryable: false };
    await page.route("**/api/v1/summary", (route) => route.fulfill({ status: 413, json: { error } }));
    await page.route("**/api/v1/query", async (route) => {
      const body = route.request().postDataJSON() as { fields?: string[]; query?: string; limit?: number };
      if (body.fields?.join() !== "importCode,name") return route.fallback();
      const [, typed = ""] = /importCode@=(\w+)/.exec(body.query ?? "") ?? [];
      const rows = codes.filter((code) => code.includes(typed)).map((code) => [code, ""]);
      const columns = ["importCode", "name"].map(textColumn);
      const some = rows.slice(0, body.limit || Infinity);
      await route.fulfill({
        json: { columns, rows: some, asOf: new Date().toISOString(), rowCount: some.length },
      });
    });
    await beginWith(page, "Site");
    await addFilter(page, "importCode");
    await page.getByLabel("Value", { exact: true }).click();
    await status(page, "They are looked up as you type").waitFor();
    await page.getByLabel("Value", { exact: true }).fill("C1499");
    await values(page).getByText("C1499").waitFor();
  });
});
