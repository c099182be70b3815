/**
 * One slice that answers a group of queries: the documents that pass all of their common filters, found by what the
 * queries differ in.
 *
 * A group answers only what each query alone would answer. Where that is not certain, as where the slice holds
 * superseded documents, its queries are asked alone.
 * @module
 */
import { type DataDocument, referencedId } from "../../kalibrate/documents/document.ts";
import { wantsAll } from "../../kalibrate/documents/fields.ts";
import { KalError } from "../../kalibrate/errors.ts";
import { isControl, type Query, wantedCount } from "../../kalibrate/query/clauses.ts";
import { formatQuery } from "../../kalibrate/query/format.ts";
import { valuesOf } from "../../kalibrate/query/value-list.ts";
import { clauseOf, type Group, type GroupFilter } from "../plan/groups.ts";
import { type Plan, planQuery } from "../plan/plan.ts";
import { understandsReference } from "../plan/understood-references.ts";
import { unprovenIn } from "../plan/unproven-properties.ts";
import { valueIn } from "../plan/value-index.ts";
import { newestFirst, sliceQuery } from "../slices/slice-query.ts";
import type { AnswerContext } from "./context.ts";
import { createRowDocuments } from "./row-documents.ts";
import { referencesFor, type Pulled, type TableRequest } from "./table.ts";

/** Documents that take about as long to read as one small query takes. */
const documentsPerQuery = 250;

/** From more queries than this on, a slice of unknown size is tried. */
const maxUntried = 8;

/** Why a query has to be asked alone; it reaches nobody. */
class AskAlone extends Error {}

/** Finds the documents of one query in the group's slice. @throws AskAlone */
export type FindPulled = (request: TableRequest) => Pulled;

/**
 * Pulls the slice of a group.
 * @returns undefined where small queries are cheaper, or may be answered differently.
 * @throws errors of the Data API; the group's queries are better asked alone then.
 */
export async function pullGroup(
  { filter, parts, values }: Group<{ readonly request: TableRequest }>,
  context: AnswerContext,
): Promise<FindPulled | undefined> {
  const [first] = parts;
  // Which columns “*” has depends on keys without values, which are not kept.
  if (!first || wantsAll(first.request.paths)) return undefined;
  const { address, paths, maxAge } = first.request;
  const { owner, signal, keepFor, memory, hidePersonalData } = context;
  const getReferenced = referencesFor(maxAge, context);
  const plan = await planQuery(address, commonQuery(first.request, filter), Infinity, {
    ...context,
    getReferenced,
  });
  const { query } = plan;
  const [attribute = "", ...further] = filter.path;
  if (unprovenIn(plan, address.collection).length > 0) return undefined;
  const asksById = filter.kind === "id" && further.length > 0;
  if (asksById && !(await understandsReference(address, attribute, query, context))) return undefined;

  const { memory: server } = context.sourceFor(signal);
  const sizeNames = plan.sent.map((sent) => sliceQuery(sent).ask("unordered", 0, 0));
  const size = sizeNames.reduce((sum, name) => sum + server.size(address.path, name), 0);
  const maxSize = values * documentsPerQuery;
  if (size > maxSize || (size === 0 && values <= maxUntried)) return undefined;

  const what = ["group", hidePersonalData, address.path, address.entityType, query, paths, filter.path];
  const { answer } = await context.shared.get<Head, DataDocument>({
    owner,
    what,
    keepFor,
    maxAge,
    signal,
    async pull(stop, asked) {
      const share = memory.open(owner, stop);
      try {
        const { keep } = createRowDocuments([...paths, filter.path]);
        const slice = plan.open(context.sourceFor(stop, share), keep);
        for await (const some of slice) {
          if (some.length === 0 || slice.count <= maxSize) continue;
          for (const name of sizeNames) server.noteSize(address.path, name, slice.count);
          throw new KalError("KAL_TOO_LARGE");
        }
        const { documents, superseded, isOrdered } = slice;
        return { head: { superseded, isOrdered }, items: documents, asOf: Math.min(asked, plan.asOf) };
      } finally {
        share.shrink(0);
      }
    },
  });
  const { head, items: documents, asOf } = answer;
  if (head.superseded > 0) return undefined;
  const places = indexOf(documents, filter);
  if (!places) return undefined;
  return ({ query: own, limit }) => ({
    asOf,
    open(itsPlan) {
      const found = idsOf(itsPlan, filter, places)
        .flatMap((key) => places.exact.get(key) ?? [])
        .sort((a, b) => a - b);
      const mine = [...new Set(found)]
        .flatMap((place) => documents[place] ?? [])
        .slice(0, wantedCount(own, limit));
      return {
        async *[Symbol.asyncIterator]() {
          if (mine.length > 0) yield mine;
        },
        count: mine.length,
        documents: mine,
        superseded: 0,
        isOrdered: head.isOrdered,
      };
    },
    sent: plan.sent,
    filteredHere: [plan.filteredHere, formatQuery([clauseOf(own, filter)])].filter(Boolean).join("+"),
  });
}

interface Head {
  readonly superseded: number;
  readonly isOrdered: boolean;
}

/** The query without what the group differs in; in the order that a limit counts by. */
function commonQuery({ query, limit }: TableRequest, { property }: GroupFilter): Query {
  const hasOrder = query.some((clause) => clause.property === "orderBy" || clause.property === "direction");
  const isCut = wantedCount(query, limit) < Infinity;
  const common = query.filter((clause) => clause.property !== property && clause.property !== "limit");
  return isCut && !hasOrder ? [...common.filter((clause) => !isControl(clause)), ...newestFirst] : common;
}

/** The places of documents by what they hold; `folded` are those of ids in lower case. */
interface Places {
  readonly exact: ReadonlyMap<string, readonly number[]>;
  readonly folded: ReadonlySet<string>;
}

/** Undefined where it is not certain which documents the API would give. */
function indexOf(documents: readonly DataDocument[], { path, kind }: GroupFilter): Places | undefined {
  const exact = new Map<string, number[]>();
  const folded = new Set<string>();
  for (const [place, document] of documents.entries()) {
    const value = valueIn(document, path);
    if (kind === "flag" && typeof value !== "boolean") return undefined;
    for (const key of kind === "reference" ? referenceKeys(value) : [String(value)]) {
      const places = exact.get(key);
      if (places) places.push(place);
      else exact.set(key, [place]);
      folded.add(key.toLowerCase());
    }
  }
  return { exact, folded };
}

/** As `refersTo` compares. */
function referenceKeys(value: unknown): string[] {
  const items = Array.isArray(value) ? (value as readonly unknown[]) : [value];
  const ids = items.flatMap((item) => referencedId(item) ?? []);
  return [...new Set(ids.flatMap((id) => [id, id.toLowerCase()]))];
}

/** The ids or flags that a query selects. @throws AskAlone */
function idsOf({ references, own }: Plan, filter: GroupFilter, { exact, folded }: Places): readonly string[] {
  if (filter.kind === "reference") {
    const found = references.find(({ clause }) => clause.property === filter.property);
    if (!found) throw new AskAlone();
    return [...found.ids];
  }
  const values = valuesOf(clauseOf(own, filter));
  // The API may or may not tell letter cases apart.
  if (values.some((value) => !exact.has(value) && folded.has(value.toLowerCase()))) throw new AskAlone();
  return values;
}
