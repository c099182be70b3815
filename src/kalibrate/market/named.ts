/**
 * Finds sites and products by the texts that analysts use: code, name or id.
 * @module
 */
import { comparableText } from "../comparable-text.ts";
import { KalError } from "../errors.ts";
import { groupBy } from "../group-by.ts";
import { didYouMean } from "../nearest.ts";
import { numberText } from "../number-text.ts";
import { shorten } from "../shorten.ts";
import type { TableValue } from "../table.ts";

export interface Named {
  readonly id: string;
  readonly code: TableValue;
  readonly name: TableValue;
}

/**
 * Each result once, in the order of the texts. A code takes precedence over a name, a name over an id.
 * @throws KalError KAL_NO_ROWS for an unknown text, KAL_AMBIGUOUS for one that means several
 */
export type FindNamed<T> = (texts: readonly string[]) => T[];

/** The kind of record for messages: `own site`, `own sites`. */
type Nouns = readonly [singular: string, plural: string];

export function indexByNames<T extends Named>(known: readonly T[], nouns: Nouns): FindNamed<T> {
  const ways = (["code", "name", "id"] as const).map((way) => ({
    way,
    index: groupBy(known.filter(has(way)), (item) => comparableText(textOf(item[way]))),
  }));
  return (texts) => {
    const found = texts.map((text) => {
      for (const { way, index } of ways) {
        const [first, ...others] = index.get(comparableText(text)) ?? [];
        if (first && others.length > 0) throw severalHave(text, way, [first, ...others], nouns);
        if (first) return first;
      }
      throw noneIs(text, known, nouns);
    });
    return [...new Set(found)];
  };
}

const has = (way: keyof Named) => (item: Named) => comparableText(textOf(item[way])) !== "";

function textOf(value: TableValue): string {
  if (typeof value === "number") return numberText(value);
  return typeof value === "string" ? value : "";
}

function severalHave(text: string, way: keyof Named, found: readonly Named[], [, plural]: Nouns): KalError {
  const other = way === "code" ? "id" : "code";
  return new KalError("KAL_AMBIGUOUS", {
    message: `${found.length} ${plural} have the ${way} “${shorten(text)}”: ${shorten(found.map((item) => textOf(item[other])).join(", "))}.`,
    hint: `Give the ${other}.`,
  });
}

function noneIs(text: string, known: readonly Named[], [singular, plural]: Nouns): KalError {
  if (known.length === 0) {
    return new KalError("KAL_NO_ROWS", {
      message: `These credentials see no ${plural}.`,
      hint: "Ask Kalibrate for access, or use a connection that has it.",
    });
  }
  const names = known.flatMap(({ code, name }) => [textOf(code), textOf(name)]);
  return new KalError("KAL_NO_ROWS", {
    message: `There is no ${singular} “${shorten(text)}”.${didYouMean(text, names)}`,
    hint: "Give its code, name or id.",
  });
}
