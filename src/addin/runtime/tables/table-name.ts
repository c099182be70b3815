/**
 * Names of new tables.
 * @module
 */

/**
 * A name that the workbook does not use yet: `KAL_price`, `KAL_price_2`.
 * @param collection may contain a slash: `reference/Brand`
 */
export async function freeTableName(context: Excel.RequestContext, collection: string): Promise<string> {
  const { tables, names } = context.workbook;
  tables.load("items/name");
  names.load("items/name");
  await context.sync();
  const taken = new Set([...tables.items, ...names.items].map(({ name }) => name.toLowerCase()));
  const base = `KAL_${collection.replace(/\W+/g, "_")}`;
  let name = base;
  for (let number = 2; taken.has(name.toLowerCase()); number++) name = `${base}_${number}`;
  return name;
}
