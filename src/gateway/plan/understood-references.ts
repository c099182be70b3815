/**
 * Finds out whether the Data API supports a filter by the id of a reference (`site.entityId`). It is not documented; a
 * server may refuse such a filter, ignore it, or return nothing.
 * @module
 */
import type { SliceAddress } from "../../kalibrate/catalogue/slice-address.ts";
import { attributeOf, type DataDocument, referencedId } from "../../kalibrate/documents/document.ts";
import { KalError } from "../../kalibrate/errors.ts";
import type { Query } from "../../kalibrate/query/clauses.ts";
import { openSlice, readDocuments } from "../slices/slice.ts";
import { type Asker, askForRecord, kindClause } from "./sample-records.ts";

/**
 * Sends two small requests: with an id that some record refers to, which must return such a record, and with an id
 * that no record refers to, which must return nothing. The result is cached per credential and path.
 * @param attribute that contains the reference, at the top level of a document.
 */
export async function understandsReference(
  address: SliceAddress,
  attribute: string,
  query: Query,
  asker: Asker,
): Promise<boolean> {
  const source = asker.sourceFor(asker.signal);
  const known = source.memory.understands(address.path, attribute);
  if (known !== undefined) return known;
  const record = await askForRecord(address, query, asker);
  const id = record && referencedId(attributeOf(record, attribute));
  if (id === undefined) return false;

  const kind = kindClause(address, query);
  /** The id in the returned record; undefined if there is none. */
  const idFor = async (value: string): Promise<string | undefined> => {
    const clause = { property: `${attribute}.entityId`, operator: "=", value } as const;
    const keep = (document: DataDocument) => document;
    const request = { address, query: [...(kind ? [kind] : []), clause], maxDocuments: 1, keep };
    const [found] = await readDocuments(openSlice(request, source));
    return found && referencedId(attributeOf(found, attribute));
  };
  const isUnderstood = await Promise.all([idFor(id), idFor(nobody)]).then(
    ([same, none]) => same === id && none === undefined,
    (error: unknown) => {
      if (error instanceof KalError && refusals.has(error.code)) return false;
      throw error;
    },
  );
  source.memory.noteUnderstanding(address.path, attribute, isUnderstood);
  return isUnderstood;
}

/** An id that no entity has. */
const nobody = "b5a7c1d4-0e52-4f0c-9a53-3d6f1c2e8a90";

const refusals: ReadonlySet<string> = new Set(["KAL_QUERY_INVALID", "KAL_UPSTREAM_INVALID"]);
