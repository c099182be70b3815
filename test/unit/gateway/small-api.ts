/**
 * A Data API in small: prices of the test's, some sites and brands.
 * @module
 */
import type { AnswerContext } from "../../../src/gateway/answers/context.ts";
import { createSampleRecords } from "../../../src/gateway/plan/sample-records.ts";
import { createServerMemories } from "../../../src/gateway/slices/server-memory.ts";
import { KalError } from "../../../src/kalibrate/errors.ts";
import { listFetch, plenty, sharing } from "./support.ts";

export interface Entity {
  readonly id: { readonly entityId: string; readonly entityVariant: string; readonly createdOn: string };
  readonly data: Readonly<Record<string, unknown>>;
}

export const entity = (entityId: string, entityVariant: string, data: Entity["data"], at = 0): Entity => ({
  id: { entityId, entityVariant, createdOn: new Date(Date.UTC(2026, 0, 1, 0, at)).toISOString() },
  data,
});
export const to = (entityId: string) => ({ entityId });

const brands = ["Astra", "Borealis", "Comet (old)"].map((name, at) => entity(`b${at}`, "Common", { name }));
/** In a circle, at itself, and one that does not exist. */
const nearest = ["s1", "s2", "s0", "s3", "s99"];
export const sites = Array.from({ length: 12 }, (_, at) =>
  entity(`s${at}`, at < 8 ? "Own" : "Competitor", {
    importCode: `${1250 + at}`,
    active: at % 3 === 0,
    competitorPriceTargetPriority: at,
    ...(at % 5 !== 0 && { brand: to(`b${at % 3}`) }),
    ...(nearest[at] && { nearestOwnSite: to(nearest[at]) }),
  }),
);

export type Mode = "understood" | "refused" | "ignored" | "nothing";

export interface Server {
  /** What the API makes of `site.entityId`. */
  readonly mode: Mode;
  /** The most elements of one answer. */
  readonly cap: number;
  /** Begins an unordered list somewhere else in each answer. */
  readonly turns: boolean;
  /** Gives the first element of each answer twice. */
  readonly repeats?: boolean;
}

/** A Data API in small, which reads queries by itself. */
export function contextOf(prices: readonly Entity[], { mode, cap, turns, repeats = false }: Server) {
  const asked: string[] = [];
  let answers = 0;
  const fetch = listFetch(async (path, encoded) => {
    asked.push(`${path} ${decodeURIComponent(encoded)}`);
    answers += 1;
    const all = { "/price": prices, "/site": sites, "/reference/brand": brands }[path];
    if (!all) throw new KalError("KAL_COLLECTION_UNKNOWN");
    const clauses = [...decodeURIComponent(encoded).matchAll(/\(([\w.]+)(!=|@=|>=|<=|=|>|<)([^()]*)\)/g)];
    const control = (word: string) => clauses.find(([, name]) => name === word)?.[3];
    let list = all.filter((entity) =>
      clauses.every(([, name = "", operator = "", value = ""]) => {
        if (["orderBy", "direction", "limit", "offset"].includes(name)) return true;
        if (name.endsWith(".entityId")) {
          if (mode === "refused") throw new KalError("KAL_QUERY_INVALID");
          if (mode !== "understood") return mode === "ignored";
        }
        return passesBare(entity, name.split("."), operator, value);
      }),
    );
    if (control("orderBy") === "createdOn")
      list = list.toSorted((a, b) => b.id.createdOn.localeCompare(a.id.createdOn));
    else if (turns && list.length > 0)
      list = [...list.slice(answers % list.length), ...list.slice(0, answers % list.length)];
    const offset = Number(control("offset") ?? 0);
    const answer = list.slice(offset, offset + Math.min(Number(control("limit")) || Infinity, cap));
    return { pieces: [repeats && answer.length > 1 ? [...answer.slice(0, 1), ...answer] : answer] };
  });
  const signal = new AbortController().signal;
  const memory = createServerMemories(() => 0)("me");
  const context: AnswerContext = {
    owner: "me",
    signal,
    memory: plenty,
    sourceFor: () => ({ fetch, memory }),
    ...sharing(() => 0),
    sampleRecord: createSampleRecords(() => 0)("me"),
    hidePersonalData: true,
    now: () => 0,
  };
  return { asked, context };
}

/** By hand, not by what is tested. */
function valueOf(item: Entity | undefined, [first = "", ...rest]: readonly string[]): unknown {
  const value = item?.data[first] ?? (item?.id as Record<string, unknown> | undefined)?.[first];
  if (rest.length === 0 || value === undefined) return value;
  const { entityId } = value as { entityId: string };
  if (rest[0] === "entityId") return entityId;
  return valueOf(
    [...sites, ...brands].find(({ id }) => id.entityId === entityId),
    rest,
  );
}

export function passesBare(
  entity: Entity,
  path: readonly string[],
  operator: string,
  value: string,
): boolean {
  const actual = valueOf(entity, path);
  const text =
    typeof actual === "string" || typeof actual === "number" ? String(actual).toLowerCase() : undefined;
  const equal = typeof actual === "number" ? actual === Number(value) : text === value.toLowerCase();
  if (operator === "=") return text !== undefined && equal;
  if (operator === "!=") return text === undefined || !equal;
  if (operator === "@=") return text?.includes(value.toLowerCase()) === true;
  if (typeof actual !== "number") return false;
  return operator === ">" ? actual > Number(value) : actual <= Number(value);
}
