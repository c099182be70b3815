/**
 * Rounding to decimal places, so that 1.459 never becomes 1.4589999999999999.
 * @module
 */

export function rounded(value: number, places: number): number {
  const factor = 10 ** places;
  return Math.round(value * factor) / factor;
}
