/**
 * Contents of the example sheet: a status, a list and a price board, each with a note that explains it.
 *
 * The workbench's first workbook shows more. It uses the grid's own format and exists before anybody connects. The two
 * share only the sample data.
 * @module
 */
import { namespace } from "../../../runtime/formulas/namespace.ts";
import { texts } from "../../texts/connection.ts";

export interface Block {
  /** Its area. */
  readonly address: string;
  /** Row by row; a text that starts with = is a formula. */
  readonly cells: readonly (readonly string[])[];
  readonly look: Look;
}

export type Look =
  | "title"
  | "note"
  | "heading"
  | "label"
  | "plain"
  | "headers"
  | "headersRight"
  | "price"
  | "moment"
  | "formula";

const words = texts.example.sheet;

const sites = 5;
const listRow = 9;
const boardRow = 19;
const grades = ["Unleaded", "Super Unleaded", "Diesel", "Premium Diesel"];
const columns = ["C", "D", "E", "F"];
const rows = Array.from({ length: sites }, (_, index) => index);

/** In points, starting with column A. */
export const columnWidths = [72, 156, 104, 108, 72, 108, 120];

/**
 * @param connection a connection to sample data; undefined if it is the workbook's own, so that the formulas look as
 * people will write them
 */
export function exampleSheet(connection: string | undefined): Block[] {
  const prefix = connection === undefined ? "" : `${connection}:`;
  const status = connection === undefined ? "" : `,"${connection}"`;
  const list = `=${namespace}.QUERY("${prefix}site","(entityVariant=Own)","importCode, name, brand.name",2,${sites})`;
  const lookUp = (field: string, site: string, product: string) =>
    `=IFNA(${namespace}.LOOKUP("${prefix}product","(entityVariant=Own)","${field}","site.importCode, product.name",${site},${product}),"")`;
  const board = { first: boardRow + 1, last: boardRow + sites };
  return [
    { address: "A1", look: "title", cells: [[words.title]] },
    { address: "A2", look: "note", cells: [[words.about]] },
    { address: "A4", look: "label", cells: [[words.connection]] },
    { address: "B4", look: "plain", cells: [[`=${namespace}.STATUS("connection"${status})`]] },

    { address: "A7", look: "heading", cells: [[words.list]] },
    { address: "A8", look: "note", cells: [[words.listNote]] },
    { address: `A${listRow}`, look: "plain", cells: [[list]] },
    { address: `A${listRow}:C${listRow}`, look: "headers", cells: [] },

    { address: `A${boardRow - 2}`, look: "heading", cells: [[words.board]] },
    { address: `A${boardRow - 1}`, look: "note", cells: [[words.boardNote]] },
    { address: `A${boardRow}:B${boardRow}`, look: "headers", cells: [[words.site, ""]] },
    {
      address: `C${boardRow}:G${boardRow}`,
      look: "headersRight",
      cells: [[...grades, words.lastChange]],
    },
    {
      address: `A${board.first}:B${board.last}`,
      look: "plain",
      cells: rows.map((index) => [`=A${listRow + 1 + index}`, `=B${listRow + 1 + index}`]),
    },
    {
      address: `C${board.first}:F${board.last}`,
      look: "price",
      cells: rows.map((index) =>
        columns.map((column) => lookUp("currentPrice", `$A${board.first + index}`, `${column}$${boardRow}`)),
      ),
    },
    {
      address: `G${board.first}:G${board.last}`,
      look: "moment",
      cells: rows.map((index) => [
        lookUp("currentPriceEffectiveTime", `$A${board.first + index}`, `$C$${boardRow}`),
      ]),
    },

    { address: `A${board.last + 2}`, look: "heading", cells: [[words.next]] },
    { address: `A${board.last + 3}`, look: "note", cells: [[words.nextNote]] },
    {
      address: `A${board.last + 4}`,
      look: "formula",
      // The apostrophe makes it a text that people can read and copy.
      cells: [[`'=${namespace}.QUERY("${prefix}site","(entityVariant=Own)","importCode, name, postCode")`]],
    },
  ];
}
