/**
 * Tables of the workbook as the builder reads them.
 * @module
 */
import { runtime } from "../../addin.ts";
import { headersOf, type KeptTable } from "../../runtime/tables/kept-tables.ts";
import { readableTime } from "../common/times.ts";
import { cellTexts } from "../texts/cell.ts";
import type { Call } from "./formula/kal-call.ts";

/** The table's query as the arguments of a formula. */
export function tableCall(table: KeptTable): Call {
  const { connection, collection, query = "", fields, limit = 0 } = table.query;
  return {
    name: "QUERY",
    args: {
      collection: { value: connection === undefined ? collection : `${connection}:${collection}` },
      query: { value: query },
      fields: { value: fields },
      headers: { value: headersOf(table) },
      limit: { value: limit },
    },
  };
}

/** The time of the table's data: a refresh of the whole workbook may be later than what the table itself knows. */
export function tableTime({ asOf }: Pick<KeptTable, "asOf">): string {
  const latest = [asOf, runtime.dataAsOf.time()]
    .filter((time) => time !== undefined)
    .sort()
    .at(-1);
  return latest === undefined ? "" : cellTexts.tableTime(readableTime(latest));
}
