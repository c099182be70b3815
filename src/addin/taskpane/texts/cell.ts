/**
 * Texts about the selected cell or table.
 * @module
 */

export const cellTexts = {
  holds: (address: string) => `${address} contains a Kalibrate formula.`,
  edit: (address: string) => `Edit the formula in ${address}`,
  editOne: (number: number, count: number) => `Edit query ${number} of ${count}`,
  otherFunction: "It has no parts to choose here. Change it in Excel’s formula bar.",
  holdsTable: (name: string) => `The table ${name} holds a query of Kalibrate data.`,
  editTable: (name: string) => `Edit the query of ${name}`,
  tableRows: (count: number | undefined) =>
    count === undefined ? "" : count === 1 ? "1 row" : `${count.toLocaleString()} rows`,
  tableTime: (time: string) => `Data as of ${time}`,
  nothing:
    "The selected cell contains no Kalibrate formula. Select a cell with one, or build a new one below.",
} as const;
