/**
 * Texts of the query builder.
 * @module
 */

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
  replaced: "Your earlier query was put aside.",

  cell: {
    editingAll: (address: string) => `Editing the formulas in ${address}.`,
    editing: (address: string) => `Editing the formula in ${address}.`,
    editingTable: (name: string) => `Editing the query of the table ${name}.`,
    newQuery: "A new query.",
  },

  goal: {
    heading: "What do you want?",
    goals: {
      rows: { label: "Rows", detail: "A list of records, such as sites or prices." },
      beside: {
        label: "A value beside each of my rows",
        detail: "Such as a price for each site in a column.",
      },
      totals: { label: "Totals and averages", detail: "One row for each brand, product or day." },
      market: { label: "Competitors of a site", detail: "Its prices beside those around it." },
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

  filterProblems: {
    list: "List, separated by commas",
    expected: (value: string, expected: string) => `“${value}” is not ${expected}.`,
    counted: {
      daysAgo: "Enter a whole number of days: 0 is today, 40,000 the maximum.",
      hoursAgo: "Enter a whole number of hours: 0 is now, 99,999 the maximum.",
    },
  },
};
