/**
 * The query of a table in the workbook, which runs again at each refresh.
 * @module
 */

import type { RecordsRequest } from "../../../kalibrate/gateway-api.ts";

export interface TableQuery {
  /** Name of a connection; default: the workbook's own. */
  readonly connection?: string;
  readonly collection: string;
  /** Query text as the person wrote it: `today-7` means another day tomorrow. */
  readonly query?: string;
  /** Field paths in column order; default: the collection's default columns. */
  readonly fields?: readonly string[];
  readonly limit?: number;
  /** Of records behind a figure, as in `RecordsRequest`; undefined for any other query. */
  readonly where?: RecordsRequest["where"];
  readonly moment?: string;
  readonly timeavg?: string;
}
