/**
 * What an add-in does with `Excel.run`, and what it must see.
 * @module
 */

export interface Operation {
  readonly name: string;
  /**
   * @param sheet empty, for this operation alone; it is not the active one
   * @param calculated loads the range's values until the first of its cells shows something
   */
  readonly run: (
    context: Excel.RequestContext,
    sheet: Excel.Worksheet,
    calculated: (range: Excel.Range) => Promise<unknown[][]>,
  ) => Promise<unknown>;
  readonly expected: unknown;
}
