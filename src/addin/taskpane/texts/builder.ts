/**
 * The words of the query builder.
 * @module
 */
import type { Operator } from "../../../kalibrate/query/clauses.ts";
import type { DateWay } from "../builder/query/date-value.ts";

const operators: Readonly<Record<Operator, string>> = {
  "=": "is",
  "!=": "is not",
  "@=": "contains",
  ">": "more than",
  ">=": "at least",
  "<": "less than",
  "<=": "at most",
  in: "is one of",
  "not in": "is none of",
};

const dateOperators: Readonly<Record<Operator, string>> = {
  ...operators,
  ">": "after",
  ">=": "from",
  "<": "before",
  "<=": "until",
};

const dateWays: Readonly<Record<DateWay, string>> = {
  daysAgo: "days ago",
  hoursAgo: "hours ago",
  day: "date",
  moment: "date and time",
  asWritten: "as written",
};

/** What a collection holds, by its name. A map: a collection may be typed, and `constructor` must find nothing. */
const collections = new Map(
  Object.entries({
    price: "Prices with the time from which they hold: own, competitors’, proposed, cost.",
    site: "Sites with address, brand and place.",
    product: "What each site sells, with its current price.",
    volume: "What was sold, delivered, forecast and planned.",
    productgroup: "Groups of products.",
    pricerequest: "Events that ask for new prices.",
    surveyhistory: "Targets and adjustments of competitor surveys.",
    reference: "Lists such as brands and areas.",
  }),
);

/** Names of collections in words, where the catalogue's are not. */
const labels = new Map(
  Object.entries({
    productgroup: "Product groups",
    pricerequest: "Price requests",
    surveyhistory: "Survey history",
  }),
);

const rows = (count: number) => (count === 1 ? "1 row." : `${count.toLocaleString()} rows.`);

export const texts = {
  heading: "Build a query",
  explained: "Choose what you want; the rows below are live. Then put the formula into a cell.",
  skip: "Start over",
  undo: "Undo",
  replaced: "What was here before has been replaced.",

  cell: {
    holds: (address: string) => `${address} holds a Kalibrate formula.`,
    edit: (address: string) => `Edit the formula in ${address}`,
    editOne: (number: number, count: number) => `Edit query ${number} of ${count}`,
    otherFunction: "This function is edited in Excel’s formula bar. The builder is for KAL.QUERY.",
    editing: (address: string) => `Editing the formula in ${address}.`,
    newQuery: "A new query.",
    nothing: "The selected cell holds no Kalibrate formula. Select one that does, or build a new one below.",
  },

  slice: {
    heading: "Data",
    connection: "Connection",
    own: (label: string) => (label === "" ? "This workbook’s" : `This workbook’s (${label})`),
    collection: "Collection",
    choose: "Choose…",
    collections,
    labels,
    kind: "Kind",
    type: "Type",
    all: "All",
    notListed: (name: string) => `${name} (not in the list)`,
    nothing: "What do you want to pull?",
  },

  expression: {
    keeps: "Excel calculates this from",
    stays: "It stays in the formula as it is.",
    replace: "Choose here instead",
  },

  filter: {
    heading: "Filters",
    none: "No filters: all records count. A filter keeps those that you want, such as prices of the last seven days.",
    add: "Add filter",
    remove: (property: string) =>
      property === "" ? "Remove the empty filter" : `Remove the filter on ${property}`,
    removed: "Filter removed.",
    property: "Property",
    chooseProperty: "Choose a property…",
    operator: "Comparison",
    value: "Value",
    list: "List, separated by commas",
    way: "Kind of date",
    yes: "Yes",
    no: "No",
    ownFieldsOnly:
      "Only the record’s own fields can be filtered here; for one of another record, such as the brand of a price’s site, tick it as a column and use Excel’s own filter.",
    behindReference: (path: string) =>
      `The records themselves do not hold “${path}”, so the Data API cannot filter by it: tick it as a column and use Excel’s own filter.`,
    search: "Search the list",
    matches: (shown: number, found: number, all: number) =>
      shown < found
        ? `The first ${shown} of ${found} that fit: type more to find the others.`
        : `${found} of ${all} fit.`,
    someValues: "There are more values than are suggested at once: they are looked up as you type.",
    someNumbers: "There are more values than are suggested. Any other can be typed.",
    noValue: "Without a value it filters nothing.",
    noNumber: (value: string) =>
      /^-?\d+,\d+$/.test(value)
        ? `“${value}” is no number here: write ${value.replace(",", ".")}.`
        : `“${value}” is no number, so it cannot be sent.`,
    expected: (value: string, expected: string) => `“${value}” is not ${expected}.`,
    counted: {
      daysAgo: "Enter a whole number of days: 0 is today, 40,000 the most.",
      hoursAgo: "Enter a whole number of hours: 0 is now, 99,999 the most.",
    },
    locked: "The query’s text below cannot be read. Correct it, or go back to these filters.",
    restore: "Go back to these filters",
  },
  operators,
  dateOperators,
  dateWays,

  order: {
    heading: "Order and rows",
    by: "Order by",
    none: "Newest first",
    orderedBy: (label: string) => `By ${label.toLowerCase()}`,
    allRows: "all rows",
    direction: "Direction",
    descending: "Largest or latest first",
    ascending: "Smallest or earliest first",
    limit: "At most",
    limitHint: "Rows. Empty: all.",
    limitWrong: "Enter a whole number of rows, such as 1000.",
    headings: "Headings",
    headers: ["None", "Field names", "Readable"] as const,
  },

  fields: {
    heading: "Columns",
    explained: "Tick the fields you want.",
    none: "None is ticked, so these columns come:",
    chosen: "In this order",
    available: "Fields",
    search: "Search fields",
    found: (count: number) => (count === 1 ? "1 field" : `${count} fields`),
    nothingFound: (search: string) => `No field matches “${search}”.`,
    use: (path: string) => `Add “${path}” all the same`,
    usual: "by default",
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
    hint: "Change it here and the filters follow: (price>1.4)+(effectiveTime>=today-7)",
  },

  preview: {
    heading: "First rows",
    asOf: (time: string) => `Data as of ${time}`,
    count: (count: number, hasMore: boolean) =>
      hasMore
        ? `More than ${count.toLocaleString()} rows come.`
        : count === 1
          ? "1 row comes."
          : `${count.toLocaleString()} rows come.`,
    none: "No record matches these filters.",
    fromExcel: "The rows depend on cells that only the formula reads, so there is no preview.",
    queryWrong: "Correct the query to see its rows.",
    saidAbove: "None can be shown; the reason stands above.",
    loading: "Loading…",
    table: "First rows of the result",
    yes: "TRUE",
    no: "FALSE",
  },

  table: {
    insert: "Insert as table",
    meaning:
      "A formula follows its cells; a table holds any number of rows and is refreshed by its own query.",
    beginning: "Reading the rows…",
    reading: (count: number) => `${count.toLocaleString()} rows read…`,
    writing: (count: number, of: number) =>
      `${count.toLocaleString()} of ${of.toLocaleString()} rows written…`,
    cancel: "Cancel",
    cancelled: "Cancelled. The sheet is as it was.",
    inserted: (address: string, count: number) => `Inserted as a table at ${address}: ${rows(count)}`,
    undone: "Taken back: the table is gone.",
    failed: "The table was not inserted; the sheet is as it was.",
    instead: "As a table it has room: select an empty cell, then choose “Insert as table”.",
    fromCells:
      "This query reads cells, which only a formula can. Choose its values here to insert it as a table.",
  },

  write: {
    formula: "Formula",
    copy: "Copy",
    rows,
    updating: "Updating…",
    copied:
      "Copied. Where your Excel puts semicolons between arguments, write them for the commas outside the quotes.",
    notCopied: "Copying was refused. Select the formula and copy it.",
    updated: (address: string) => `Updated in ${address}.`,
    formattedBefore: (cells: readonly string[]) =>
      `Dates from ${cells.join(", ")} on look like numbers, as these cells were formatted before: format them as General.`,
    blocked: (reason: string) =>
      `Nothing was written, as the new rows would not fit: ${reason} Move it, or insert the formula elsewhere.`,
    changed: (address: string) =>
      `Nothing was written: ${address} no longer holds the formula that you opened. Select the cell and open it again, or insert this one into an empty cell.`,
    sheetGone: (address: string) =>
      `Nothing was written: the sheet of ${address} is gone. Insert the formula into an empty cell.`,
    noCollection: "Choose a collection first.",
    queryWrong: "The query cannot be read yet. Correct it first.",
    limitWrong: "The number of rows is none. Correct or clear it first.",
    filterWrong: "A filter is not right yet. Correct or remove it first.",
    tooLong: (length: number) =>
      `The formula would have ${length.toLocaleString()} characters; Excel takes 8,192. Choose fewer fields or filters, or put them into cells.`,
  },
} as const;
