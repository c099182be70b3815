/**
 * The custom functions: signatures and descriptions that Microsoft's metadata generator reads, nothing else.
 *
 * The generator reads this one file without a type checker, so it keeps to plain types. Ids, names, the order of
 * parameters and their types stand in saved workbooks and never change; Excel passes null for an omitted argument,
 * so initialisers would never apply.
 * @module
 */
import { queryCells } from "./query.ts";
import { statusCells } from "./status.ts";

/**
 * Pulls data from Kalibrate as a table.
 * @customfunction QUERY
 * @helpurl /help/functions.html#query
 * @param collection Collection, such as price, site, product, volume or reference/Brand; a connection may stand before it: sandpit:price.
 * @param [query] Which records: (entityVariant=Own)+(price>1.4), or cells with property, operator and value. All where left out.
 * @param [fields] Which columns: names separated by commas, or cells; a dot goes to the record referred to: brand.name.
 * @param [headers] 0 no headings, 1 field names (default), 2 readable headings.
 * @param [limit] Greatest number of rows; 0 or left out: all.
 * @param invocation
 * @returns The table.
 */
export function query(
  collection: string,
  query: any[][],
  fields: any[][],
  headers: number,
  limit: number,
  invocation: CustomFunctions.CancelableInvocation,
): Promise<any[][]> {
  return queryCells({ collection, query, fields, headers, limit }, invocation);
}

/**
 * Shows whether Kalibrate is connected, as whom and until when.
 * @customfunction STATUS
 * @helpurl /help/functions.html#status
 * @param [property] One of the rows, such as state, tenant or expirationTime; the whole table where left out.
 * @param [connection] Name of the connection; the workbook's own where left out.
 * @param invocation
 * @returns The table, or the one value.
 */
export function status(
  property: string,
  connection: string,
  invocation: CustomFunctions.CancelableInvocation,
): Promise<any[][]> {
  return statusCells({ property, connection }, invocation);
}
