/**
 * The part of an upstream's error text that we may repeat: a short line without secrets.
 * @module
 */
import { shorten } from "../../kalibrate/shorten.ts";
import { scrub } from "./scrub.ts";

/** Characters; longer reasons are cut with a mark. */
const maxChars = 200;

/** Longer texts are cut before the search: nothing after this is ever repeated. */
const maxScrubbedChars = 8192;

/** The members in which APIs put the sentence about the error: plain, problem+json, OData. */
const sentenceKeys = ["message", "detail", "title", "error_description", "error"];

/**
 * The sentence in an error answer.
 * @param body as received, perhaps cut off.
 * @returns undefined if there is none to repeat, as in an HTML page.
 */
export function excerpt(body: string, secrets: readonly string[]): string | undefined {
  const sentence = sentenceOf(body.trim());
  if (sentence === undefined) return undefined;
  const line = scrub(sentence.slice(0, maxScrubbedChars), secrets)
    .replace(/[\p{Cc}\s]+/gu, " ")
    .trim();
  if (line === "") return undefined;
  return line.length > maxChars ? shorten(line, maxChars - 1) : line;
}

function sentenceOf(text: string): string | undefined {
  if (text.startsWith("<")) return undefined;
  if (!/^[[{"]/.test(text)) return text;
  try {
    return findSentence(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function findSentence(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value !== "object" || value === null) return undefined;
  for (const key of sentenceKeys) {
    const own = Object.entries(value).find(([name]) => name.toLowerCase() === key);
    const sentence = own && findSentence(own[1]);
    if (sentence) return sentence;
  }
  return undefined;
}
