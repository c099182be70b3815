/**
 * Texts of the query builder.
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

/** Descriptions of collections. A map, because a person may type the name and `constructor` must not be found. */
const collections = new Map(
  Object.entries({
    price: "Prices with the time from which they apply: own, competitors’, proposed, cost.",
    site: "Sites with address, brand and place.",
    product: "What each site sells, with its current price.",
    volume: "What was sold, delivered, forecast and planned.",
    productgroup: "Groups of products.",
    pricerequest: "Events that ask for new prices.",
    surveyhistory: "Targets and adjustments of competitor surveys.",
    reference: "Lists such as brands and areas.",
  }),
);

/** Labels of collections that differ from the catalogue's. */
const labels = new Map(
  Object.entries({
    productgroup: "Product groups",
    pricerequest: "Price requests",
    surveyhistory: "Survey history",
  }),
);

export const texts = {
  heading: "Build a formula",
  explained: "Choose what you want; the rows below are live. Then put the formula into a cell.",
  skip: "Start over",
  undo: "Undo",
  replaced: "What was here before has been replaced.",

  cell: {
    holds: (address: string) => `${address} contains a Kalibrate formula.`,
    edit: (address: string) => `Edit the formula in ${address}`,
    editOne: (number: number, count: number) => `Edit query ${number} of ${count}`,
    otherFunction: "This function is edited in Excel’s formula bar. The builder is for KAL.QUERY.",
    editing: (address: string) => `Editing the formula in ${address}.`,
    holdsTable: (name: string) => `The table ${name} holds a query of Kalibrate data.`,
    editTable: (name: string) => `Edit the query of ${name}`,
    editingTable: (name: string) => `Editing the query of the table ${name}.`,
    tableRows: (count: number | undefined) =>
      count === undefined ? "" : count === 1 ? "1 row" : `${count.toLocaleString()} rows`,
    tableTime: (time: string) => `Data as of ${time}`,
    newQuery: "A new query.",
    nothing:
      "The selected cell contains no Kalibrate formula. Select a cell with one, or build a new one below.",
  },

  goal: {
    heading: "What do you want?",
    goals: {
      rows: { label: "Rows", detail: "A list of records, such as sites or prices." },
      totals: { label: "Totals and averages", detail: "One row for each brand, product or day." },
    },
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
    nothing: "Of what?",
    filters: (count: number) =>
      count === 0 ? "no filters" : count === 1 ? "1 filter" : `${count.toLocaleString()} filters`,
  },

  expression: {
    keeps: "Excel calculates this from",
    stays: "It stays in the formula as it is.",
    replace: "Choose here instead",
  },

  filter: {
    heading: "Filters",
    none: "No filters: you get all records. A filter limits them, for example to prices of the last seven days.",
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
    loadingValues: "Looking for the values…",
    loadingMore: "Looking for the others…",
    noneFits: "No known value matches; your text is used as typed.",
    noRecordFits: "None matches.",
    matches: (found: number, all: number) =>
      found === all
        ? all === 1
          ? "1 value"
          : `${all.toLocaleString()} values`
        : `${found.toLocaleString()} of ${all.toLocaleString()} match`,
    notWhole: "There are more values. They are looked up as you type.",
    noValue: "Without a value the filter has no effect.",
    noNumber: (value: string) =>
      /^-?\d+,\d+$/.test(value)
        ? `“${value}” is not a number here: write ${value.replace(",", ".")}.`
        : `“${value}” is not a number, so it cannot be used.`,
    expected: (value: string, expected: string) => `“${value}” is not ${expected}.`,
    counted: {
      daysAgo: "Enter a whole number of days: 0 is today, 40,000 the maximum.",
      hoursAgo: "Enter a whole number of hours: 0 is now, 99,999 the maximum.",
    },
    locked: "The query’s text below cannot be read. Correct it, or go back to these filters.",
    restore: "Go back to these filters",
  },
  operators,
  dateOperators,
  dateWays,
};
