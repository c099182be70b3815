/**
 * Fits column widths to new content.
 * @module
 */

/** Fit the width to this many rows: with all rows Excel would take long. */
const rowsToFit = 1000;

/**
 * Fits the columns of cells. A column that contains something else is never made narrower: a person may have chosen its
 * width.
 * @throws OfficeExtension.Error when Excel refuses
 */
export async function fitColumns(cells: Excel.Range): Promise<void> {
  const { context } = cells;
  cells.load("rowCount,columnCount");
  await context.sync();
  const height = Math.min(cells.rowCount, rowsToFit);
  const columns = Array.from({ length: cells.columnCount }, (_, at) => {
    const column = cells.getColumn(at).getResizedRange(height - cells.rowCount, 0);
    const used = column.getEntireColumn().getUsedRangeOrNullObject(true).load("rowCount");
    return { column, used, before: column.getCell(0, 0).format.load("columnWidth") };
  });
  await context.sync();
  const fitted = columns.map(({ column, used, before }) => {
    column.format.autofitColumns();
    const isShared = !used.isNullObject && used.rowCount > cells.rowCount;
    const after = column.getCell(0, 0).format.load("columnWidth");
    return { column, after, before: isShared ? before.columnWidth : 0 };
  });
  await context.sync();
  for (const { column, before, after } of fitted) {
    if (after.columnWidth < before) column.format.columnWidth = before;
  }
  await context.sync();
}
