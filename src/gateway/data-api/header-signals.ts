/**
 * What the headers of an answer say about the rest of its list.
 *
 * This API documents none, so we read the ones that REST services commonly use: `Link` with rel=next (RFC 8288),
 * `Content-Range` (RFC 9110), `X-Total-Count`, `X-Next-Page`, `X-Total-Pages`, Azure's `x-ms-continuation`, and
 * ASP.NET's `X-Pagination`, which is JSON.
 * @module
 */
import type { IncomingHttpHeaders } from "node:http";
import { type AnswerSignals, signalsOf } from "../../kalibrate/documents/answer.ts";

const named =
  /^x-(?:ms-)?((?:(?:total|full|result|item|record)-?)+(?:count|items|records|results)?|count|next(?:-page|-link|-token|-cursor)?|continuation(?:-?token)?|(?:total-)?pages?(?:-count|-number)?|current-page|cursor|skip-?token|pagination|paging|has-(?:more|next))$/;

/** @param headers with names in lower case, as in Node. */
export function signalsOfHeaders(headers: IncomingHttpHeaders): AnswerSignals {
  const facts: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(headers)) {
    const text = [value].flat().join(", ");
    const [, fact] = named.exec(name) ?? [];
    if (fact !== undefined) facts[fact] = parsed(text);
    else if (name === "link")
      facts["next"] = /;\s*rel\s*=\s*(?:"(?:[^"]*\s)?next(?:\s[^"]*)?"|next\b)/i.test(text);
    else if (name === "content-range") facts["total"] = /\/(\d+)\s*$/.exec(text)?.[1];
  }
  return signalsOf(facts);
}

function parsed(text: string): unknown {
  if (!text.trimStart().startsWith("{")) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
