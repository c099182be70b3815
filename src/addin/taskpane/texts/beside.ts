/**
 * Texts of lookups and markets.
 * @module
 */
import type { When } from "../builder/draft.ts";
import type { PlaceProblem } from "../builder/beside/place.ts";

const problems: Readonly<Record<PlaceProblem, string>> = {
  notOneLine: "Choose cells of one column or one row for each field.",
  differentRows: "The columns with keys must cover the same rows.",
  differentColumns: "The rows with keys must cover the same columns.",
  differentSheets: "The cells with keys must be on one sheet.",
  tooManyRows: "These are more than 20,000 rows. Choose fewer cells.",
  tooManyColumns: "Only one of keys, moments and values can fill several columns.",
};

const whens: Readonly<Record<When, string>> = {
  none: "whatever the records say",
  now: "in force now",
  chosen: "in force at…",
  cells: "in force at the moment in cells",
};

const cells = (count: number) => (count === 1 ? "1 cell" : `${count.toLocaleString()} cells`);

export const texts = {
  keys: {
    heading: "Your rows",
    explained: "Select the cells with your codes or names, then press “Use the selected cells”.",
    field: "Search by",
    chooseField: "Choose what to search by…",
    add: "Add another field",
    remove: (field: string) => `Remove the field ${field}`.trim(),
    removed: "Field removed.",
  },
  source: {
    use: "Use the selected cells",
    again: "Use other cells",
    choose: "Choose here instead",
    empty: "The selected cells are empty. Select those with your values, then press again.",
    taken: (address: string, count: number) => `${address}, ${cells(count)}`,
    used: (address: string) => `${address} is used.`,
  },
  when: "Moment",
  whens,
  market: {
    sites: "Your sites",
    products: "Products",
    allProducts: "Nothing chosen: all products.",
    noSite: "Choose at least one of your sites.",
    current: "current prices",
    sheet: "Market",
  },
  fill: (address: string) => `Fill ${address}`,
  fills: (count: number, address: string | undefined) =>
    `${cells(count)} get a formula${address === undefined ? "" : `, with headings in ${address}`}.`,
  filling: "Filling…",
  filled: (address: string, count: number) => `Filled ${address}: ${count.toLocaleString()} formulas.`,
  updateAll: (address: string) => `Update formulas in ${address}`,
  updatedAll: (address: string) => `Updated in ${address}.`,
  inTheWay: (reason: string) => `Nothing was written: ${reason} Select another column.`,
  changed: (address: string) =>
    `Nothing was written: a formula in ${address} has been changed since. Select its cell and open it again.`,
  undone: (address: string) => `Undone: ${address} is as before.`,
  noKey: "Choose what to search by first.",
  noKeyValue: "Choose cells or a value for each field first.",
  noValue: "Choose a value to show first.",
  noMoment: "Choose the moment first.",
  problems,
  ambiguous: (matches: number) =>
    `Several records match (up to ${matches.toLocaleString()}). Choose a moment, an order or another field.`,
  missing: (missing: number, all: number) =>
    `${missing.toLocaleString()} of these ${all.toLocaleString()} have no match: they show #N/A.`,
} as const;
