/**
 * The texts of saved queries.
 * @module
 */

export const queriesTexts = {
  favourites: "Favourites",
  recent: "Recent",
  workbook: "In this workbook",
  reading: "Looking for the queries…",
  count: (count: number) =>
    count === 0
      ? "There is no query in this workbook yet."
      : count === 1
        ? "1 query. Choose it to change it."
        : `${count.toLocaleString()} queries. Choose one to change it.`,
  remove: (name: string) => `Remove ${name} from the favourites`,
  removed: (name: string) => `${name} is no favourite any more.`,
  keep: "Keep as favourite",
  name: "Name of the favourite",
  save: "Keep",
  nameMissing: "Enter a name first.",
  kept: (name: string) => `Kept as “${name}” on this computer.`,
  fromCells:
    "This query reads cells of this workbook, so it is no favourite elsewhere. Choose its values here first.",
} as const;
