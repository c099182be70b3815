/**
 * Recalculates single cells.
 * @module
 */
import { addressOf, blocksOf } from "./cell-blocks.ts";
import type { SheetCells } from "./kal-cells.ts";

export interface Recalculated {
  /** Number of cells that calculate again. */
  readonly cells: number;
  /** Names of sheets on which Excel refused. */
  readonly refused: readonly string[];
  /** Whether the workbook calculates manually: then dependent cells wait for F9. */
  readonly isManual: boolean;
}

/**
 * Recalculates exactly these cells, each once. Calculating a whole sheet or workbook would call every function in it,
 * including those of other add-ins.
 *
 * With manual calculation `setDirty` only marks cells for the next F9 (as VBA's Range.Dirty), so we use
 * `Range.calculate`; otherwise Refresh would change nothing (office-js-docs 627).
 * @throws OfficeExtension.Error when Excel refuses on every sheet.
 */
export async function recalculate(
  context: Excel.RequestContext,
  found: readonly SheetCells[],
): Promise<Recalculated> {
  const { application } = context.workbook;
  application.load("calculationMode");
  await context.sync();
  const isManual = application.calculationMode === Excel.CalculationMode.manual;
  const sheets = [...new Set(found.map(({ sheet }) => sheet))].map((sheet) => ({
    sheet,
    blocks: blocksOf(
      found.filter((sheetCells) => sheetCells.sheet === sheet).flatMap((sheetCells) => sheetCells.cells),
    ),
  }));

  async function calculate(some: typeof sheets): Promise<void> {
    for (const { sheet, blocks } of some) {
      const worksheet = context.workbook.worksheets.getItem(sheet);
      for (const block of blocks) {
        const range = worksheet.getRange(addressOf(block));
        range.setDirty();
        if (isManual) range.calculate();
      }
    }
    await context.sync();
  }

  const refused: string[] = [];
  try {
    await calculate(sheets);
  } catch (error) {
    // Excel has already processed what came before the refusal. Those cells calculate twice, but share one call.
    for (const sheet of sheets) await calculate([sheet]).catch(() => void refused.push(sheet.sheet));
    if (refused.length === sheets.length) throw error;
  }
  const done = sheets.filter(({ sheet }) => !refused.includes(sheet));
  return { cells: done.reduce((count, { blocks }) => count + sizeOf(blocks), 0), refused, isManual };
}

function sizeOf(blocks: ReturnType<typeof blocksOf>): number {
  return blocks.reduce(
    (count, { top, left, bottom, right }) => count + (bottom - top + 1) * (right - left + 1),
    0,
  );
}
