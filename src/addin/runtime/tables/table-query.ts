/**
 * What a table of the workbook holds: a query, as it is asked again whenever the table is refreshed.
 * @module
 */

export interface TableQuery {
  /** Name of a connection; the workbook's own where left out. */
  readonly connection?: string;
  readonly collection: string;
  /** Query text as it was written: `today-7` means another day tomorrow. */
  readonly query?: string;
  /** Field paths in column order; the collection's default columns where left out. */
  readonly fields?: readonly string[];
  readonly limit?: number;
}
