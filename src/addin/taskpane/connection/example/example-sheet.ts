/**
 * What the example sheet holds: a status, a list and a price board, each with a note that says how it is made.
 *
 * The workbench's first workbook shows more, but is written in its grid's own terms and stands there before anybody
 * has connected; what the two share is the sample data alone.
 * @module
 */
import { texts } from "../../texts/connection.ts";

export interface Block {
  /** Where it begins and ends. */
  readonly address: string;
  /** Row by row; a text that begins with = is a formula. */
  readonly cells: readonly (readonly string[])[];
  readonly look: Look;
}

export type Look =
  "title" | "note" | "heading" | "label" | "plain" | "headers" | "price" | "moment" | "formula";

const words = texts.example.sheet;

const sites = 5;
const listRow = 9;
const boardRow = 19;
const grades = ["Unleaded", "Super Unleaded", "Diesel", "Premium Diesel"];
const columns = ["B", "C", "D", "E"];
const rows = Array.from({ length: sites }, (_, index) => index);

/** In points, from column A on. */
export const columnWidths = [96, 132, 96, 72, 96, 108];

/** @param connection its name: the sheet shows sample data whatever the workbook's own connection is. */
export function exampleSheet(connection: string): Block[] {
  const list = `=KAL.QUERY("${connection}:site","(entityVariant=Own)","importCode, name, brand.name",2,${sites})`;
  const lookUp = (field: string, site: string, product: string) =>
    `=KAL.LOOKUP("${connection}:product","(entityVariant=Own)","${field}","site.importCode, product.name",${site},${product})`;
  const board = { first: boardRow + 1, last: boardRow + sites };
  return [
    { address: "A1", look: "title", cells: [[words.title]] },
    { address: "A2", look: "note", cells: [[words.about]] },
    { address: "A4:A5", look: "label", cells: [[words.connection], [words.token]] },
    { address: "B4", look: "plain", cells: [[`=KAL.STATUS("state","${connection}")`]] },
    { address: "B5", look: "moment", cells: [[`=KAL.STATUS("expirationTime","${connection}")`]] },

    { address: "A7", look: "heading", cells: [[words.list]] },
    { address: "A8", look: "note", cells: [[words.listNote]] },
    { address: `A${listRow}`, look: "plain", cells: [[list]] },
    { address: `A${listRow}:C${listRow}`, look: "headers", cells: [] },

    { address: `A${boardRow - 2}`, look: "heading", cells: [[words.board]] },
    { address: `A${boardRow - 1}`, look: "note", cells: [[words.boardNote]] },
    {
      address: `A${boardRow}:F${boardRow}`,
      look: "headers",
      cells: [[words.site, ...grades, words.lastChange]],
    },
    {
      address: `A${board.first}:A${board.last}`,
      look: "plain",
      cells: rows.map((index) => [`=A${listRow + 1 + index}`]),
    },
    {
      address: `B${board.first}:E${board.last}`,
      look: "price",
      cells: rows.map((index) =>
        columns.map((column) => lookUp("currentPrice", `$A${board.first + index}`, `${column}$${boardRow}`)),
      ),
    },
    {
      address: `F${board.first}:F${board.last}`,
      look: "moment",
      cells: rows.map((index) => [
        lookUp("currentPriceEffectiveTime", `$A${board.first + index}`, `$B$${boardRow}`),
      ]),
    },

    { address: `A${board.last + 2}`, look: "heading", cells: [[words.next]] },
    { address: `A${board.last + 3}`, look: "note", cells: [[words.nextNote]] },
    {
      address: `A${board.last + 4}`,
      look: "formula",
      // The apostrophe makes it a text that can be read and copied.
      cells: [[`'=KAL.QUERY("${connection}:site","(entityVariant=Own)","importCode, name, postCode")`]],
    },
  ];
}
