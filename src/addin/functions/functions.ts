/**
 * The custom functions: only the signatures and descriptions that Microsoft's metadata generator reads.
 *
 * The generator reads this one file without a type checker, so it uses plain types only. Ids, names, and the order and
 * types of parameters are stored in saved workbooks and must never change. Excel passes null for an omitted argument,
 * so default values would never apply.
 * @module
 */
import { functions } from "../addin.ts";

/**
 * Gets data from Kalibrate as a table.
 * @customfunction QUERY
 * @helpurl /help/functions.html#query
 * @param collection Collection, such as price, site, product, volume or reference/Brand. To use another connection, write its name first: sandpit:price.
 * @param [query] Which rows: (entityVariant=Own)+(price>1.4), or cells with field, operator and value. All rows if left out.
 * @param [fields] Which columns: names separated by commas, or cells. Use a dot for a field of a site, brand or product: brand.name.
 * @param [headers] 0 for no headings, 1 for field names (default), 2 for readable headings.
 * @param [limit] Maximum number of rows; all if 0 or left out.
 * @param invocation
 * @requiresAddress
 * @requiresParameterAddresses
 * @returns The table.
 */
export function query(
  collection: string,
  query: any[][],
  fields: any[][],
  headers: any,
  limit: any,
  invocation: CustomFunctions.CancelableInvocation,
): Promise<any[][]> {
  return functions.query.cells({ collection, query, fields, headers, limit }, invocation);
}

/**
 * Looks up single values, such as the price of a product at a site. Thousands of cells share one request.
 * @customfunction LOOKUP
 * @helpurl /help/functions.html#lookup
 * @param collection Collection, such as product. To use another connection, write its name first: sandpit:product.
 * @param query Which rows to search: (entityVariant=Own), or cells with field, operator and value; "" for all.
 * @param field Which value to return: currentPrice. Several, separated by commas, fill cells side by side.
 * @param keys Fields to search by, separated by commas: site.importCode, product.importCode.
 * @param value What to search for: one value, cell or range for each key, in the same order.
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
 * Lists the fields of a collection: name, heading, type, linked collection and an example.
 * @customfunction FIELDS
 * @helpurl /help/functions.html#fields
 * @param collection Collection, such as price. To use another connection, write its name first: sandpit:price.
 * @param [query] Which rows the examples come from: (entityVariant=Own). All rows if left out.
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
 * Shows whether Kalibrate is connected, with which client ID and until when.
 * @customfunction STATUS
 * @helpurl /help/functions.html#status
 * @param [property] One of the rows, such as state, tenant or expirationTime. The whole table if left out.
 * @param [connection] Name of the connection. The workbook's own if left out.
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

/**
 * Groups records and calculates figures: counts, averages, averages over time.
 * @customfunction SUMMARY
 * @helpurl /help/functions.html#summary
 * @param collection Collection, such as price. To use another connection, write its name first: sandpit:price.
 * @param query Which rows: (entityVariant=Own)+(effectiveTime>=today-30), or cells with field, operator and value; "" for all.
 * @param by What to group by, separated by commas: site.brand.name, day(effectiveTime); "" for one row over all.
 * @param measures What to calculate, separated by commas: count, avg(price), timeavg(price).
 * @param [headers] 0 for no headings, 1 for field names (default), 2 for readable headings.
 * @param [limit] Maximum number of rows; all if 0 or left out.
 * @param invocation
 * @requiresAddress
 * @requiresParameterAddresses
 * @returns A table with a row for each group.
 */
export function summary(
  collection: string,
  query: any[][],
  by: any[][],
  measures: any[][],
  headers: any,
  limit: any,
  invocation: CustomFunctions.CancelableInvocation,
): Promise<any[][]> {
  return functions.summary.cells({ collection, query, by, measures, headers, limit }, invocation);
}

/**
 * Looks up what was in force at a moment, such as a price: the latest record that is not after it.
 * @customfunction ASOF
 * @helpurl /help/functions.html#asof
 * @param collection Collection, such as price. To use another connection, write its name first: sandpit:price.
 * @param query Which rows to search: (entityVariant=Own), or cells with field, operator and value; "" for all.
 * @param field Which value to return: price. Several, separated by commas, fill cells side by side.
 * @param keys Fields to search by, separated by commas: site.importCode, product.importCode.
 * @param moment Moment: a date or date-time, a cell, a range, today or now-12h. A date alone means its start.
 * @param value What to search for: one value, cell or range for each key, in the same order.
 * @param invocation
 * @requiresAddress
 * @returns The value, or one for each value and moment that is looked for.
 */
export function asOf(
  collection: string,
  query: any[][],
  field: any[][],
  keys: any[][],
  moment: any[][],
  value: any[][][],
  invocation: CustomFunctions.CancelableInvocation,
): Promise<any[][]> {
  return functions.asOf({ collection, query, field, keys, values: value, moment }, invocation);
}

/**
 * Compares own sites with their competitors: price, since when, and distance.
 * @customfunction MARKET
 * @helpurl /help/functions.html#market
 * @param site Code, name or id of an own site, or cells with several.
 * @param [product] Code, name or id of a product, or cells with several; all if left out.
 * @param [moment] The prices in force at a date or date-time, a cell, today or now-12h. Current prices if left out.
 * @param [headers] 0 for no headings, 1 for field names (default), 2 for readable headings.
 * @param [connection] Name of the connection. The workbook's own if left out.
 * @param invocation
 * @requiresAddress
 * @requiresParameterAddresses
 * @returns A table with a row for each price: ours first, then by price.
 */
export function market(
  site: any[][],
  product: any[][],
  moment: any[][],
  headers: any,
  connection: string,
  invocation: CustomFunctions.CancelableInvocation,
): Promise<any[][]> {
  return functions.market.cells({ site, product, moment, headers, connection }, invocation);
}
