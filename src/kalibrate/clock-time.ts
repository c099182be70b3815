/**
 * Clock times as numbers, for comparing and for cutting into days: the time that the API wrote, without its zone.
 * @module
 */
import { type IsoDate, readIsoDate } from "./serial-date.ts";

export interface ClockTime {
  /** Milliseconds since 1970-01-01T00:00, read from the clock as if it showed UTC. */
  readonly clock: number;
  /** Minutes ahead of UTC; undefined if no zone is given. */
  readonly offset: number | undefined;
}

const day = 86_400_000;

/**
 * Reads an ISO date or date-time; a date alone is its midnight.
 * @returns undefined for any other text, and for .NET's date that was never set (year 1), which counts as absent.
 */
export function readClockTime(text: string): ClockTime | undefined {
  const date = readIsoDate(text);
  if (date === undefined || text.startsWith("0001-01-01")) return undefined;
  return { clock: midnightOf(date) + (date.clock ?? 0), offset: date.offset };
}

function midnightOf({ year, month, day }: IsoDate): number {
  // Date.UTC would read the year 99 as 1999.
  return year < 100 ? new Date(0).setUTCFullYear(year, month - 1, day) : Date.UTC(year, month - 1, day);
}

/** @param offset minutes ahead of UTC. @returns milliseconds since the epoch. */
export function instantOf(clock: number, offset: number): number {
  return clock - offset * 60_000;
}

/** The start of the day. */
export function dayOf(clock: number): number {
  return Math.floor(clock / day) * day;
}

/** 1 for Monday to 7 for Sunday. */
export function weekdayOf(clock: number): number {
  return new Date(clock).getUTCDay() || 7;
}

/** `2026-11-20T08:00:00` */
export function momentText(clock: number): string {
  return new Date(clock).toISOString().slice(0, 19);
}
