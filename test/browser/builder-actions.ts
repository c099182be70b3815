/**
 * What people do in the query builder.
 * @module
 */
import type { Page } from "playwright-core";
import { button, connectSample } from "./pane-actions.ts";

/** Opens the builder with the sample data. */
export async function openBuilder(page: Page): Promise<void> {
  await connectSample(page);
  await page.getByRole("tab", { name: "Build" }).click();
  await page.locator(".collection").first().waitFor();
}

/** The button of a collection: “Price” is no “Price requests”. */
export const collection = (page: Page, label: string) =>
  page.locator(".collection").filter({ hasText: new RegExp(`^\\s*${label}\\s+(?!groups|requests)`) });

/** Chooses a collection, and waits for its fields and rows. */
export async function beginWith(page: Page, label: string): Promise<void> {
  await openBuilder(page);
  await collection(page, label).click();
  await page.locator(".offered").first().waitFor({ state: "attached" });
  await page.locator(".rows:not(.waiting) table").waitFor();
}

/** Opens the columns, which a narrow pane folds away. */
export async function openColumns(page: Page): Promise<void> {
  if (!(await page.locator(".offered").first().isVisible())) await page.locator("#columns > summary").click();
}

/** Opens what is chosen, which a narrow pane folds away. */
export async function openData(page: Page): Promise<void> {
  if (!(await page.locator("#builder-collection").isVisible())) await page.locator("#data > summary").click();
}

export async function addFilter(page: Page, property: string): Promise<void> {
  await openData(page);
  const count = await page.locator(".filter").count();
  await button(page, "\\+ Add filter").click();
  await page.getByLabel("Field", { exact: true }).nth(count).selectOption(property);
}

/** What is told in one of the live regions. */
export const status = (page: Page, text: string) => page.getByRole("status").getByText(text).first();

export const queryText = (page: Page) => page.locator("#query-text");

/** Types the query as text. */
export async function typeQuery(page: Page, text: string): Promise<void> {
  await page.getByRole("heading", { name: "Query as text" }).click();
  await queryText(page).fill(text);
}

/** The formula as it will be written. */
export const shownFormula = async (page: Page) =>
  (await page.locator(".builder code.formula").last().textContent())?.replace(/\s*\n\s*/g, "");

/** Writes into a cell of the sheet behind the pane and selects it; rows and columns count from 0. */
export async function selectCell(page: Page, row: number, column: number, content?: string): Promise<void> {
  await page.evaluate(
    ([down, right, text]) => {
      const { sheetId } = window.spreadsheet.selection();
      const area = { sheetId, row: down, column: right, rows: 1, columns: 1 };
      if (text !== undefined) window.spreadsheet.write(area, [[text]]);
      window.spreadsheet.select(area);
    },
    [row, column, content] as const,
  );
}

/** What stands in a cell. */
export const contentOf = (page: Page, row: number, column: number) =>
  page.evaluate(
    ([down, right]) => {
      const { sheetId } = window.spreadsheet.selection();
      return window.spreadsheet.read({ sheetId, row: down, column: right, rows: 1, columns: 1 })[0]![0]!
        .formula;
    },
    [row, column] as const,
  );

/** Selects another cell. @returns how often Excel was asked for the selection because of that */
export const selectionReads = (page: Page) =>
  page.evaluate(async () => {
    const { spreadsheet } = window;
    const { selection } = spreadsheet;
    let count = 0;
    Object.assign(spreadsheet, {
      selection() {
        count += 1;
        return selection();
      },
    });
    spreadsheet.select({ ...selection(), row: selection().row + 1 });
    // Behind the event, and behind whatever it sets off.
    for (let trip = 0; trip < 3; trip++) {
      await Excel.run(async (context) => {
        context.workbook.worksheets.load("items/name");
        await context.sync();
      });
    }
    Object.assign(spreadsheet, { selection });
    return count;
  });

/** Chooses what is wanted; the list may be folded. */
export async function wantInstead(page: Page, label: string): Promise<void> {
  const choice = page.locator(".goal").filter({ hasText: new RegExp(`^\\s*${label}`) });
  if (!(await choice.isVisible())) await page.locator("#goal > summary").click();
  await choice.click();
}

/** Presses Tab until an element has the focus. */
export async function pressUntilFocused(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab never comes to ${selector}`);
}
