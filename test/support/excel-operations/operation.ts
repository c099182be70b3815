/**
 * An operation of an add-in with `Excel.run`, and the result it must get.
 * @module
 */

export interface Operation {
  readonly name: string;
  /**
   * @param sheet empty and used by this operation only; not the active sheet
   * @param calculated loads the range's values repeatedly until its first cell has one
   */
  readonly run: (
    context: Excel.RequestContext,
    sheet: Excel.Worksheet,
    calculated: (range: Excel.Range) => Promise<unknown[][]>,
  ) => Promise<unknown>;
  readonly expected: unknown;
}
