/**
 * The values of a query as the types of its properties read them.
 * @module
 */
import { attributeAt } from "../../kalibrate/catalogue/attributes.ts";
import type { SliceAddress } from "../../kalibrate/catalogue/slice-address.ts";
import { type DataDocument, memberOf } from "../../kalibrate/documents/document.ts";
import { typeOfValue } from "../../kalibrate/documents/table.ts";
import { KalError } from "../../kalibrate/errors.ts";
import { type Path, pathOf } from "../../kalibrate/names.ts";
import { type Clause, isControl, type Query } from "../../kalibrate/query/clauses.ts";
import { formatQuery } from "../../kalibrate/query/format.ts";
import { kindPropertyOf } from "../../kalibrate/query/unknown-kind.ts";
import { readTypedValue } from "../../kalibrate/query/typed-value.ts";
import { shorten } from "../../kalibrate/shorten.ts";
import type { ColumnType } from "../../kalibrate/table.ts";
import { openSlice, readDocuments, type Source } from "../slices/slice.ts";
import { newestFirst } from "../slices/slice-query.ts";
import type { SampleRecord } from "./sample-records.ts";

/** Who asks. */
interface Asker {
  readonly signal: AbortSignal;
  readonly sourceFor: (signal: AbortSignal) => Source;
  readonly sampleRecord: SampleRecord;
}

/**
 * Reads the values. A property that the catalogue does not know has the type that a record shows; where no record shows
 * it either, its value is sent as it is written.
 * @throws KalError KAL_QUERY_INVALID for a value that its property's type forbids, with the right form.
 */
export async function readValuesByType(address: SliceAddress, query: Query, asker: Asker): Promise<Query> {
  const read: Clause[] = [];
  for (const clause of query) {
    if (isControl(clause) || clause.operator === "@=") {
      read.push(clause);
      continue;
    }
    const type = await typeOf(clause, address, query, asker);
    const reading = readTypedValue(clause, type);
    if ("expected" in reading) throw notOfType(clause, reading.expected);
    read.push({ ...clause, value: reading.value });
  }
  return read;
}

async function typeOf(
  { property }: Clause,
  address: SliceAddress,
  query: Query,
  asker: Asker,
): Promise<ColumnType | undefined> {
  const path = pathOf(property);
  const { name } = address.collection;
  const known = attributeAt(name, path)?.type;
  if (known !== undefined) return known;
  const record = await askForRecord(address, query, asker);
  return record && (typeAt(record.data, path) ?? typeAt(record.id, path));
}

/** The newest record of the kind that the query names, or of any. */
function askForRecord(address: SliceAddress, query: Query, asker: Asker): Promise<DataDocument | undefined> {
  const kind = query.find(
    ({ property, operator }) => property === kindPropertyOf(address.collection) && operator === "=",
  );
  return asker.sampleRecord(JSON.stringify([address.path, kind?.value]), asker.signal, async (signal) => {
    try {
      const newest = [...(kind ? [kind] : []), ...newestFirst];
      const request = { address, query: newest, wanted: 1, keep: (document: DataDocument) => document };
      const [record] = await readDocuments(openSlice(request, asker.sourceFor(signal)));
      return record;
    } catch (error) {
      // A refusal is the query's own to tell; after an outage the type is not guessed.
      if (!(error instanceof KalError) || error.retryable) throw error;
      return undefined;
    }
  });
}

function typeAt(part: unknown, path: Path): ColumnType | undefined {
  const value = path.reduce<unknown>(memberOf, part);
  if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") return undefined;
  return value === "" ? undefined : typeOfValue(value);
}

function notOfType(clause: Clause, expected: string): KalError {
  const { property, value } = clause;
  return new KalError("KAL_QUERY_INVALID", {
    message: `${shorten(formatQuery([clause]))}: expected ${expected} for “${shorten(property)}”, found “${shorten(value, 20)}”.`,
  });
}
