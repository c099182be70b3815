/**
 * Every state of the query builder, a part of the pane's.
 * @module
 */
import {
  addFilter,
  beginWith,
  collection,
  openBuilder,
  openColumns,
  openData,
  selectCell,
  typeQuery,
  wantInstead,
} from "./builder-actions.ts";
import { button, goOffline, hold } from "./pane-actions.ts";
import type { PaneState } from "./pane-state.ts";

export const builderStates: readonly PaneState[] = [
  { name: "builder-start", then: openBuilder },
  { name: "builder-outside-excel", outsideExcel: true, then: (page) => beginWith(page, "Site") },
  {
    name: "builder-loading",
    then: async (page) => {
      await openBuilder(page);
      await hold(page, "fields");
      await hold(page, "query");
      await collection(page, "Price").click();
      await page.locator(".skeleton").first().waitFor();
    },
  },
  {
    name: "builder-built",
    follows: "builder-begun",
    then: async (page) => {
      await openData(page);
      await page.locator("#builder-kind").selectOption("Competitor");
      await addFilter(page, "effectiveTime");
      await addFilter(page, "source");
      await openColumns(page);
      for (const name of ["Site name", "Product name", "Price"]) {
        await page.getByRole("checkbox", { name }).first().check();
      }
      await button(page, "Fields of Site").or(page.getByLabel("Fields of Site")).first().click();
      await page.locator(".rows:not(.waiting) tbody tr").first().waitFor();
    },
  },
  {
    name: "builder-totals",
    then: async (page) => {
      await openBuilder(page);
      await wantInstead(page, "Totals and averages");
      await collection(page, "Price").click();
      await button(page, "\\+ Add group").click();
      await page.getByLabel("Group by").selectOption("site.brand.name");
      await button(page, "\\+ Add group").click();
      await page.getByLabel("Group by").nth(1).selectOption("effectiveTime");
      await page.locator(".rows:not(.waiting) tbody tr").nth(3).waitFor();
    },
  },
  {
    name: "builder-beside",
    then: async (page) => {
      await openBuilder(page);
      await wantInstead(page, "A value beside");
      await collection(page, "Product").click();
      await selectCell(page, 0, 0, "Site");
      for (const [at, code] of ["1001", "1002", "1003", "9999"].entries())
        await selectCell(page, at + 1, 0, code);
      await selectCell(page, 1, 0);
      await button(page, "Use the selected cells").first().click();
      await page.getByText("Prices!A2:A5, 4 cells").waitFor();
      await page.getByLabel("Value", { exact: true }).click();
      for (const name of ["Diesel", "Unleaded"])
        await page.getByRole("option", { name, exact: true }).click();
      await page.getByLabel("Value", { exact: true }).press("Escape");
      await page.locator(".rows:not(.waiting) tbody tr").nth(3).waitFor();
      await button(page, "Fill Prices!B2:C5").waitFor();
    },
  },
  {
    name: "builder-beside-begun",
    then: async (page) => {
      await openBuilder(page);
      await wantInstead(page, "A value beside");
      await collection(page, "Price").click();
      await page.locator("#moment-when").waitFor();
    },
  },
  {
    name: "builder-market",
    then: async (page) => {
      await openBuilder(page);
      await wantInstead(page, "Competitors");
      await page.getByLabel("Value", { exact: true }).first().click();
      await page.locator(".values [role=option]").first().click();
      await page.getByLabel("Value", { exact: true }).first().press("Escape");
      await page.locator(".rows:not(.waiting) tbody tr").nth(3).waitFor();
    },
  },
  {
    name: "builder-begun",
    then: (page) => beginWith(page, "Price"),
  },
  {
    name: "builder-values",
    then: async (page) => {
      await beginWith(page, "Product");
      await addFilter(page, "site.importCode");
      await page.getByLabel("Comparison").selectOption("in");
      await page.locator("input[role=combobox]").click();
      await page.locator(".values [role=option]").nth(2).click();
      await page.keyboard.press("ArrowDown");
      await page.locator(".values .active").waitFor();
    },
  },
  {
    name: "builder-queries",
    then: async (page) => {
      await beginWith(page, "Site");
      await page.locator("#insert-table").click();
      await page.getByText("Inserted as a table at").first().waitFor();
      await page.locator(".favourite summary").click();
      await page.locator("input[name=favourite]").fill("Own sites");
      await page.keyboard.press("Enter");
      await page.getByText("Kept as “Own sites”").waitFor();
      await selectCell(
        page,
        7,
        5,
        '=KAL.QUERY("price","(entityVariant=Competitor)","site.name, price",2,50)',
      );
      await button(page, "Start over").click();
      await page.locator("#workbook-queries summary").click();
      await page.getByText("2 queries.").waitFor();
    },
  },
  {
    name: "builder-table-selected",
    then: async (page) => {
      await beginWith(page, "Site");
      await page.locator("#insert-table").click();
      await page.getByText("Inserted as a table at").first().waitFor();
      await button(page, "Start over").click();
      await selectCell(page, 3, 1);
      await page.getByText("The table KAL_site holds").waitFor();
    },
  },
  {
    name: "builder-everything-open",
    then: async (page) => {
      await beginWith(page, "Site");
      await page.getByRole("heading", { name: "Order and rows" }).click();
      await page.getByLabel("Order by").selectOption("name");
      await typeQuery(page, "entityVariant=Own; active=true");
      await openColumns(page);
      await page.getByLabel("Search fields").fill("price");
    },
  },
  {
    name: "builder-wrong",
    then: async (page) => {
      await beginWith(page, "Price");
      await addFilter(page, "price");
      await page.getByLabel("Value", { exact: true }).fill("much");
      // The list of values lies over what comes next.
      await page.getByLabel("Value", { exact: true }).press("Tab");
      await addFilter(page, "origin");
      await typeQuery(page, "(price>1.4)+(source");
      await page.getByText("position 20").waitFor();
      await button(page, "Insert formula").click();
      await page.getByText("cannot be read yet").waitFor();
    },
  },
  {
    name: "builder-unknown-field",
    then: async (page) => {
      await beginWith(page, "Price");
      await openColumns(page);
      await page.getByLabel("Search fields").fill("zebra");
      await button(page, "Add “zebra” anyway").click();
      await page.getByRole("alert").waitFor();
    },
  },
  {
    name: "builder-no-rows",
    then: async (page) => {
      await beginWith(page, "Site");
      await addFilter(page, "name");
      await page.getByLabel("Value", { exact: true }).fill("Nowhere");
      await page.getByText("No record matches").waitFor();
    },
  },
  {
    name: "builder-service-unreachable",
    then: async (page) => {
      await beginWith(page, "Site");
      await openColumns(page);
      await goOffline(page);
      await page.getByRole("checkbox").first().check();
      await page.getByRole("alert").waitFor();
    },
  },
  {
    name: "builder-inserted",
    then: async (page) => {
      await beginWith(page, "Site");
      await button(page, "Insert formula").click();
      await page.getByText("3 rows").first().waitFor();
    },
  },
  {
    name: "builder-formula-selected",
    follows: "builder-start",
    then: async (page) => {
      await selectCell(page, 7, 5, '=VSTACK(KAL.QUERY("price"),KAL.QUERY("site"))');
      await button(page, "Edit query 2 of 2").waitFor();
    },
  },
  {
    name: "builder-other-function-selected",
    follows: "builder-formula-selected",
    then: async (page) => {
      await selectCell(page, 7, 5, '=KAL.STATUS("state")');
      await page.getByText("formula bar").waitFor();
    },
  },
  {
    name: "builder-formula-of-cells",
    follows: "builder-other-function-selected",
    then: async (page) => {
      await selectCell(page, 7, 5, "=KAL.QUERY(A1,B1:D4,F1:F9,G1,H1)");
      await button(page, "Edit the formula in Prices!F8").click();
      await page.getByText("B1:D4").first().waitFor();
    },
  },
];
