/**
 * The formulas of the walk, and the values that their cells may show.
 * @module
 */
import type { CellReading } from "../../../../src/workbench/excel-host/model.ts";
import { codeOf, dayOf, readNumber } from "./source.ts";

export type Kind = keyof typeof formulas;

/** By kind, a formula with its own question. */
export const formulas = {
  table: (question: number) => `=KAL.QUERY("price","(id=${question})","code, price, day",0)`,
  number: (question: number) => `=KAL.QUERY("price","(id=${question})","price",0,1)`,
  day: (question: number) => `=KAL.QUERY("price","(id=${question})","price, day",0,1)`,
  lookup: (question: number) => `=KAL.LOOKUP("price","(id=${question})","price","code","c1")`,
  miss: (question: number) => `=KAL.LOOKUP("price","(id=${question})","price","code","c9")`,
  wrapped: (question: number) => `=IFERROR(${formulas.number(question).slice(1)},"none")`,
  named: (question: number) => `=Question${question}`,
};

export const kinds = Object.keys(formulas) as Kind[];

/** For each kind, the values of a record that are shown side by side. */
const valuesOf: Readonly<Record<Kind, string>> = {
  table: "code price day",
  number: "price",
  day: "price day",
  lookup: "price",
  miss: "price",
  wrapped: "price",
  named: "price day",
};

/** What is wrong with cells that show no error; undefined if they are a valid answer. */
export function wrongIn(
  cells: readonly (readonly CellReading[])[],
  { kind, question }: { readonly kind: Kind; readonly question: number },
): { readonly wrong: string } | { readonly version: number } {
  const columns = valuesOf[kind].split(" ");
  const versions = new Set<number>();
  for (const [row, line] of cells.entries()) {
    if (line.length !== columns.length) return { wrong: `${line.length} columns` };
    const record = readNumber(line[columns.indexOf("price")]?.value);
    if (record?.question !== question) return { wrong: `another question's number ${line[0]?.value}` };
    versions.add(record.version);
    const expectedRow = kind === "lookup" ? 1 : row;
    if (record.row !== expectedRow) return { wrong: `record ${record.row} in row ${row}` };
    for (const [at, column] of columns.entries()) {
      const { value, text } = line[at]!;
      if (column === "code" && value !== codeOf(row)) return { wrong: `code ${value}` };
      // A plain serial does not look like a date.
      const isDay = text === dayOf(record.version) || text === String(value);
      if (column === "day" && (!isDay || typeof value !== "number"))
        return { wrong: `day ${text} (${value})` };
    }
  }
  const [version = -1, ...others] = versions;
  return others.length > 0 ? { wrong: `versions ${[...versions].join(", ")}` } : { version };
}

/** Whether a cell shows that it has no value. */
export const saysSo = ({ value }: CellReading): boolean =>
  typeof value === "string" && (value.startsWith("#") || value === "none");
