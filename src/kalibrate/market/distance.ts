/**
 * Distances between sites.
 * @module
 */
import type { TableValue } from "../table.ts";

/** Degrees. */
export interface Position {
  readonly latitude: TableValue;
  readonly longitude: TableValue;
}

const earthRadiusKm = 6371;

/**
 * The straight-line distance (haversine) in kilometres, rounded to two places; null if a position is missing. The Data
 * API writes 0 for a number that was never entered, so 0 and 0 is no position.
 */
export function kilometresBetween(a: Position, b: Position): number | null {
  const from = radiansOf(a);
  const to = radiansOf(b);
  if (!from || !to) return null;
  const half = (angle: number) => Math.sin(angle / 2) ** 2;
  const chord =
    half(to.latitude - from.latitude) +
    Math.cos(from.latitude) * Math.cos(to.latitude) * half(to.longitude - from.longitude);
  // Rounding may raise the chord of opposite points above 1.
  return Math.round(2 * earthRadiusKm * Math.asin(Math.sqrt(Math.min(1, chord))) * 100) / 100;
}

function radiansOf({ latitude, longitude }: Position) {
  if (typeof latitude !== "number" || typeof longitude !== "number") return undefined;
  if (latitude === 0 && longitude === 0) return undefined;
  return { latitude: (latitude * Math.PI) / 180, longitude: (longitude * Math.PI) / 180 };
}
