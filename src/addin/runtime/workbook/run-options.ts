/** For `Excel.run`: Excel would refuse calls while somebody types in a cell; this makes them wait. */
export const runOptions = { delayForCellEdit: true } as const;
