/**
 * What Excel does otherwise from one platform, version or workbook to the next, by name.
 *
 * Each is a switch of the emulated host, with its source ("office-js 1951" is an issue of OfficeDev/office-js); the
 * first of its forms is what the host does by itself.
 * @module
 */

/** Behaviours with their forms, and where they are written down. */
export const hostBehaviours = {
  emptyCells: {
    forms: ["null", "zero", "emptyObject"],
    what: "An empty cell among the arguments of type any arrives as null, as 0, or as a data type of its own.",
    source: "office-js 4702, 1951; the object: none found, `Excel.EmptyCellValue` is what it would be",
  },
  emptyNumbers: {
    forms: ["zero", "null"],
    what: "An empty cell given to a parameter of type number arrives as 0, or as null.",
    source: "office-js 4702 (of type any); of type number: none found",
  },
  errorsInRanges: {
    forms: ["refused", "passed"],
    what: "An error in a range becomes the result without a call, or reaches the function as a data type.",
    source: "Microsoft's page on errors in custom functions; with data types allowed: none found",
  },
} as const;

export type HostBehaviours = {
  readonly [Name in keyof typeof hostBehaviours]: (typeof hostBehaviours)[Name]["forms"][number];
};

/** What the host does where nothing else is asked for. */
export const usualBehaviours: HostBehaviours = {
  emptyCells: "null",
  emptyNumbers: "zero",
  errorsInRanges: "refused",
};
