/**
 * Selects cells in the grid.
 * @module
 */
import { addressOf, blocksOf, placesOf } from "./cell-blocks.ts";
import { runOptions } from "./run-options.ts";

/** Maximum blocks in one address; Excel accepts 8,192 characters. */
const maxBlocks = 250;

/**
 * Selects the cells with these addresses, on the first sheet that still has any: a selection cannot span sheets.
 * @returns false if none of the cells exists any more.
 * @throws OfficeExtension.Error when Excel refuses.
 */
export async function selectCells(addresses: Iterable<string>): Promise<boolean> {
  const [first] = placesOf(addresses);
  if (!first) return false;
  const [name, cells] = first;
  return Excel.run(runOptions, async (context) => {
    const sheet = context.workbook.worksheets.getItemOrNullObject(name);
    await context.sync();
    if (sheet.isNullObject) return false;
    const blocks = blocksOf(cells).slice(0, maxBlocks).map(addressOf);
    sheet.activate();
    // Excel 2021 can select only one block.
    const isOne = blocks.length === 1 || !Office.context.requirements.isSetSupported("ExcelApi", "1.18");
    if (isOne) sheet.getRange(blocks[0]).select();
    else sheet.getRanges(blocks.join(",")).select();
    await context.sync();
    return true;
  });
}
