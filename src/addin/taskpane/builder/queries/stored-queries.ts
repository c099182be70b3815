/**
 * Queries stored on this computer: recent ones, and favourites under a name. Stored as formulas, which hold no secret.
 * @module
 */
import { reactive } from "@microsoft/fast-element/state.js";
import { readStored, writeStored } from "../../../runtime/session/origin-storage.ts";

export interface Favourite {
  readonly name: string;
  readonly formula: string;
}

const recentKey = "recentQueries";
const favouritesKey = "favouriteQueries";

const maxRecent = 8;
const maxFavourites = 100;

function readRecent(): string[] {
  const stored = readStored(recentKey);
  return Array.isArray(stored) ? (stored as unknown[]).filter((item) => typeof item === "string") : [];
}

function readFavourites(): Favourite[] {
  const stored = readStored(favouritesKey);
  return Array.isArray(stored) ? (stored as unknown[]).filter(isFavourite) : [];
}

export interface StoredQueries {
  /** Formulas, the latest first. */
  recent: readonly string[];
  /** In the order of their names. */
  favourites: readonly Favourite[];
}

export const storedQueries = reactive<StoredQueries>({ recent: readRecent(), favourites: readFavourites() });

export function noteRecent(formula: string): void {
  const others = readRecent().filter((other) => other !== formula);
  storedQueries.recent = [formula, ...others].slice(0, maxRecent);
  writeStored(recentKey, storedQueries.recent);
}

/** Stores a favourite in place of another with the same name. */
export function keepFavourite(favourite: Favourite): void {
  write([...othersThan(favourite.name), favourite].slice(-maxFavourites));
}

export function removeFavourite(name: string): void {
  write(othersThan(name));
}

function write(favourites: readonly Favourite[]): void {
  storedQueries.favourites = favourites.slice().sort((a, b) => a.name.localeCompare(b.name));
  writeStored(favouritesKey, storedQueries.favourites);
}

/** Read again: another workbook may have stored some meanwhile. */
const othersThan = (name: string) =>
  readFavourites().filter((other) => other.name.toLowerCase() !== name.toLowerCase());

function isFavourite(value: unknown): value is Favourite {
  const { name, formula } = (value ?? {}) as Partial<Record<keyof Favourite, unknown>>;
  return typeof name === "string" && typeof formula === "string";
}
