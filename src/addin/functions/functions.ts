/**
 * The custom functions: signatures and descriptions that Microsoft's metadata generator reads, nothing else.
 *
 * The generator reads this one file without a type checker, so it keeps to plain types. Ids, names, the order of
 * parameters and their types stand in saved workbooks and never change; Excel passes null for an omitted argument,
 * so initialisers would never apply.
 * @module
 */
import { functions } from "../addin.ts";

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
 * @requiresAddress
 * @requiresParameterAddresses
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
  return functions.query.cells({ collection, query, fields, headers, limit }, invocation);
}

/**
 * Looks up values of single records by keys: made for thousands of cells, which share one request.
 * @customfunction LOOKUP
 * @helpurl /help/functions.html#lookup
 * @param collection Collection, such as product; a connection may stand before it: sandpit:product.
 * @param query Among which records: (entityVariant=Own), or cells with property, operator and value; "" for all.
 * @param field Which value: currentPrice; several, separated by commas, stand side by side.
 * @param keys Fields to find the record by, separated by commas: site.importCode, product.importCode.
 * @param value What to look for: one value, cell or range for each key, in the same order.
 * @param invocation
 * @requiresAddress
 * @returns The value, or one for each value that is looked for.
 */
export function lookup(
  collection: string,
  query: any[][],
  field: any[][],
  keys: any[][],
  value: any[][][],
  invocation: CustomFunctions.CancelableInvocation,
): Promise<any[][]> {
  return functions.lookup({ collection, query, field, keys, values: value }, invocation);
}

/**
 * Lists the fields of a collection: name, heading, type, what they refer to, and an example.
 * @customfunction FIELDS
 * @helpurl /help/functions.html#fields
 * @param collection Collection, such as price; a connection may stand before it: sandpit:price.
 * @param [query] Which records the examples come from: (entityVariant=Own). All where left out.
 * @param invocation
 * @requiresAddress
 * @returns A table with a row for each field.
 */
export function fields(
  collection: string,
  query: any[][],
  invocation: CustomFunctions.CancelableInvocation,
): Promise<any[][]> {
  return functions.fields({ collection, query }, invocation);
}

/**
 * Lists the collections and their variants.
 * @customfunction COLLECTIONS
 * @helpurl /help/functions.html#collections
 * @param invocation
 * @requiresAddress
 * @returns A table with a row for each variant of each collection.
 */
export function collections(invocation: CustomFunctions.CancelableInvocation): Promise<any[][]> {
  return functions.collections(invocation);
}

/**
 * Shows whether Kalibrate is connected, as whom and until when.
 * @customfunction STATUS
 * @helpurl /help/functions.html#status
 * @param [property] One of the rows, such as state, tenant or expirationTime; the whole table where left out.
 * @param [connection] Name of the connection; the workbook's own where left out.
 * @param invocation
 * @requiresAddress
 * @returns The table, or the one value.
 */
export function status(
  property: string,
  connection: string,
  invocation: CustomFunctions.CancelableInvocation,
): Promise<any[][]> {
  return functions.status({ property, connection }, invocation);
}
