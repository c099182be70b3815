/**
 * Texts of the builder's parts below the choice of data. Separate from builder.ts, because the first view does not
 * need them.
 * @module
 */

const rows = (count: number) => (count === 1 ? "1 row." : `${count.toLocaleString()} rows.`);

export const texts = {
  order: {
    titles: {
      rows: "Order and rows",
      beside: "If several records match",
      totals: "Rows and headings",
      market: "Headings",
    },
    /** Where no order is chosen. */
    unordered: { rows: "Newest first", beside: "Show an error", totals: "", market: "" },
    by: "Order by",
    orderedBy: (label: string) => `By ${label.toLowerCase()}`,
    allRows: "all rows",
    direction: "Direction",
    descending: "Largest or latest first",
    ascending: "Smallest or earliest first",
    limit: "Rows at most",
    limitHint: "Empty: all rows.",
    limitWrong: "Enter a whole number of rows, such as 1000.",
    headings: "Headings",
    headers: ["None", "Field names", "Readable"] as const,
  },

  fields: {
    heading: "Columns",
    values: "Value to show",
    explained: "Tick the fields you want. While none is ticked, you get those marked “included”.",
    defaults: "the included ones",
    none: "Included while no field is ticked:",
    chosen: "In this order",
    available: "Fields",
    search: "Search fields",
    found: (count: number) => (count === 1 ? "1 field" : `${count} fields`),
    nothingFound: (search: string) => `No field matches “${search}”.`,
    use: (path: string) => `Add “${path}” anyway`,
    usual: "included",
    example: (value: string) => `e.g.\u00a0${value}`,
    show: (label: string) => `Fields of ${label}`,
    up: (path: string) => `Move ${path} up`,
    down: (path: string) => `Move ${path} down`,
    remove: (path: string) => `Remove ${path}`,
    removed: (path: string) => `${path} removed.`,
    moved: (path: string, place: number, count: number) => `${path} is column ${place} of ${count}.`,
    clear: "Clear",
    types: { text: "text", number: "number", boolean: "yes/no", date: "date", datetime: "date, time" },
  },

  text: {
    heading: "Query as text",
    label: "Query",
    hint: "Change it here and the filters follow, for example (price>1.4)+(effectiveTime>=today-7).",
  },

  preview: {
    heading: "First rows",
    asOf: (time: string) => `Data as of ${time}`,
    count: (count: number, hasMore: boolean) =>
      hasMore
        ? `The result has more than ${count.toLocaleString()} rows.`
        : count === 1
          ? "The result has 1 row."
          : `The result has ${count.toLocaleString()} rows.`,
    none: "No record matches these filters.",
    fromExcel: "The rows depend on cells that only the formula reads, so there is no preview.",
    queryWrong: "Correct the query to see its rows.",
    saidAbove: "No rows can be shown; see the reason above.",
    loading: "Loading…",
    table: "First rows of the result",
    yes: "TRUE",
    no: "FALSE",
  },

  table: {
    insert: "Insert as table",
    meaning:
      "A formula follows the cells it refers to; a table holds any number of rows and is refreshed by its own query.",
    better: "That is too many for one formula; a table has room for all of them.",
    beginning: "Reading the rows…",
    reading: (count: number) => `${count.toLocaleString()} rows read…`,
    writing: (count: number, of: number) =>
      `${count.toLocaleString()} of ${of.toLocaleString()} rows written…`,
    cancel: "Cancel",
    cancelled: "Cancelled. The sheet is unchanged.",
    inserted: (address: string, count: number) => `Inserted as a table at ${address}: ${rows(count)}`,
    updated: (name: string, count: number) => `The table ${name} has its new query: ${rows(count)}`,
    notUpdated: "The table is unchanged.",
    changedBack: (name: string) => `Undone: the table ${name} has its former query again.`,
    undone: "Undone: the table has been removed.",
    failed: "The table was not inserted; the sheet is unchanged.",
    instead: "A table has enough room: choose “Insert as table”.",
    fromCells:
      "This query reads cells, which only a formula can. Choose its values here to insert it as a table.",
  },

  write: {
    formula: "Formula",
    bar: "Insert",
    copy: "Copy",
    rows,
    updating: "Updating…",
    copied:
      "Copied. If your Excel separates arguments with semicolons, write semicolons instead of the commas outside the quotes.",
    notCopied: "Copying was refused. Select the formula and copy it.",
    updated: (address: string) => `Updated in ${address}.`,
    formattedBefore: (cells: readonly string[]) =>
      `Dates from ${cells.join(", ")} on look like numbers, because these cells already had a number format. Format them as General.`,
    blocked: (reason: string) =>
      `Nothing was written, because the new rows would not fit: ${reason} Move it, or insert the formula elsewhere.`,
    changed: (address: string) =>
      `Nothing was written: ${address} no longer contains the formula that you opened. Select the cell and open it again, or insert this one into an empty cell.`,
    sheetGone: (address: string) =>
      `Nothing was written: the sheet of ${address} is gone. Insert the formula into an empty cell.`,
    noCollection: "Choose a collection first.",
    queryWrong: "The query cannot be read yet. Correct it first.",
    figureMissing: "Choose at least one figure first.",
    limitWrong: "The number of rows is not valid. Correct or clear it first.",
    filterWrong: "A filter is not valid yet. Correct or remove it first.",
    tooLong: (length: number) =>
      `The formula would have ${length.toLocaleString()} characters; Excel accepts 8,192. Choose fewer fields or filters, or put them into cells.`,
  },
} as const;
