/**
 * Fits column widths to new content.
 * @module
 */

/** Fit the width to this many rows: with all rows Excel would take long. */
const rowsToFit = 1000;

/**
 * Fits the columns that contain nothing else: a person may have chosen the width of the others.
 * @throws OfficeExtension.Error when Excel refuses
 */
export async function fitColumns(cells: Excel.Range): Promise<void> {
  const { context } = cells;
  cells.load("rowCount,columnCount");
  await context.sync();
  const columns = Array.from({ length: cells.columnCount }, (_, at) => {
    const column = cells.getColumn(at);
    return { column, used: column.getEntireColumn().getUsedRangeOrNullObject(true).load("rowCount") };
  });
  await context.sync();
  for (const { column, used } of columns) {
    if (used.isNullObject || used.rowCount > cells.rowCount) continue;
    const height = Math.min(cells.rowCount, rowsToFit);
    column.getResizedRange(height - cells.rowCount, 0).format.autofitColumns();
  }
  await context.sync();
}
