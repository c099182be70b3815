/**
 * The documents read of a slice, each once.
 *
 * At first documents are distinguished by their identity alone, which is right for every slice in which no identity
 * repeats. If one repeats, the slice is read once more with contents compared. While ids are new, only the id is read,
 * which keeps large slices fast.
 * @module
 */
import { createHash } from "node:crypto";
import { refuseErrorElement } from "../../kalibrate/documents/answer.ts";
import { type DataDocument, entityIdOf, readDocument } from "../../kalibrate/documents/document.ts";
import { changedAt, contentOf, identityAttributes, identityOf } from "../../kalibrate/documents/identity.ts";
import { KalError } from "../../kalibrate/errors.ts";
import { keepAttributes, sizeOfDocument } from "./keep-attributes.ts";

export interface Retention {
  /**
   * Reduces a document; must keep at least its `identityAttributes`. Undefined leaves the document out of the slice;
   * it still counts for the proof that the slice is complete.
   */
  readonly keep: (document: DataDocument) => DataDocument | undefined;
  /** Called with the approximate bytes kept, whenever they have grown. An error that it throws ends the reading. */
  readonly hold?: ((bytes: number) => void) | undefined;
}

/** The elements of a list: a key for each document, null for each null. */
export type Places = readonly (string | null)[];

/** The result of adding part of an answer. */
export interface Added {
  readonly places: Places;
  /** The new documents, complete; without those that are left out. */
  readonly fresh: readonly DataDocument[];
}

export interface DocumentsMet {
  /** Whether contents are compared, not only identities. */
  readonly comparesContents: boolean;
  /** Number of different documents so far, without those replaced by another one. */
  readonly count: number;
  /** Number of documents returned as fresh so far. */
  readonly freshCount: number;
  /** Whether there were nulls between them. */
  readonly hasNulls: boolean;
  /** Whether some document has no id: only its content distinguishes it from others. */
  readonly hasDocumentsWithoutId: boolean;
  /** Whether two of the documents may have the same id; otherwise none can be superseded. */
  readonly mayRepeatIds: boolean;
  /** Call this before adding the elements of the next answer. */
  startAnswer(): void;
  /** @throws KalError KAL_UPSTREAM_INVALID for an element that is not a record, which would look like no rows. */
  add(elements: readonly unknown[]): Added;
  /** The key of the first document of a list; undefined if it has none. */
  firstKey(elements: readonly unknown[]): string | undefined;
  /** The kept documents, in the order in which they were first met; of those left out, only their identity. */
  documents(): DataDocument[];
  isLeftOut(kept: DataDocument): boolean;
}

export function createDocumentsMet({ keep, hold }: Retention, comparesContents: boolean): DocumentsMet {
  const met = new Map<string, DataDocument>();
  const leftOut = new WeakSet<DataDocument>();
  const contents = createContents();
  let answer = 0;
  let hasNulls = false;
  let withoutId = 0;
  let mayRepeatIds = comparesContents;
  let freshCount = 0;
  let bytes = 0;

  function kept(document: DataDocument): DataDocument {
    const some = keep(document) ?? keepIdentity(document);
    if (hold) bytes += sizeOfDocument(some);
    return some;
  }

  function keepIdentity(document: DataDocument): DataDocument {
    const identity = keepAttributes(document, identityAttributes);
    leftOut.add(identity);
    return identity;
  }

  /** Undefined if neither id nor content distinguishes the document from others. */
  function keyOf(document: DataDocument, id: string | undefined): string | undefined {
    if (comparesContents) {
      const identity = id === undefined ? "" : identityOf(document);
      return `${identity}\n${createHash("sha256").update(contentOf(document)).digest("base64")}`;
    }
    const known = id === undefined ? undefined : met.get(id);
    if (known === undefined) return id;
    const identity = identityOf(document);
    return identity === identityOf(known) ? id : identity;
  }

  return {
    comparesContents,
    get count() {
      return met.size - contents.replaced().size;
    },
    get freshCount() {
      return freshCount;
    },
    get hasNulls() {
      return hasNulls;
    },
    get hasDocumentsWithoutId() {
      return withoutId > 0;
    },
    get mayRepeatIds() {
      return mayRepeatIds;
    },
    startAnswer() {
      answer += 1;
    },
    add(elements) {
      const places: (string | null)[] = [];
      const fresh: DataDocument[] = [];
      for (const element of elements) {
        if (element === null) {
          hasNulls = true;
          places.push(null);
          continue;
        }
        const document = readDocument(element);
        if (document === undefined) throw noRecords();
        const id = entityIdOf(document);
        if (id === undefined) {
          refuseErrorElement(element);
          withoutId += 1;
        }
        const key = keyOf(document, id) ?? `#${withoutId}`;
        mayRepeatIds ||= key !== id && id !== undefined;
        if (comparesContents && id !== undefined)
          contents.note(identityOf(document) ?? "", key, document, answer);
        places.push(key);
        const known = met.get(key);
        // A later time of change means that the document was changed during the reading.
        if (known !== undefined && !(changedAt(document) > changedAt(known))) continue;
        const some = kept(document);
        met.set(key, some);
        if (known === undefined && !leftOut.has(some)) fresh.push(document);
      }
      freshCount += fresh.length;
      hold?.(bytes);
      return { places, fresh };
    },
    firstKey(elements) {
      const document = readDocument(elements.find((element) => element !== null));
      return document && keyOf(document, entityIdOf(document));
    },
    documents() {
      const replaced = contents.replaced();
      if (replaced.size === 0) return [...met.values()];
      return [...met].filter(([key]) => !replaced.has(key)).map(([, document]) => document);
    },
    isLeftOut: (document) => leftOut.has(document),
  };
}

/** One content of an identity: its time of change, and the numbers of the first and last answer with it. */
interface Content {
  readonly key: string;
  readonly changed: number;
  readonly first: number;
  last: number;
}

/**
 * The contents of each identity. Two contents both count, unless one replaced the other during the reading: then it
 * has the later time of change, and no later answer had the other.
 */
function createContents() {
  const byIdentity = new Map<string, Map<string, Content>>();
  const repeated = new Set<ReadonlyMap<string, Content>>();
  let known: ReadonlySet<string> | undefined;

  return {
    note(identity: string, key: string, document: DataDocument, answer: number): void {
      let contents = byIdentity.get(identity);
      if (contents === undefined) byIdentity.set(identity, (contents = new Map<string, Content>()));
      const same = contents.get(key);
      if (same) same.last = answer;
      else contents.set(key, { key, changed: changedAt(document), first: answer, last: answer });
      if (contents.size < 2) return;
      repeated.add(contents);
      known = undefined;
    },
    /** The keys of contents that were replaced by another one. */
    replaced(): ReadonlySet<string> {
      return (known ??= new Set([...repeated].flatMap((contents) => replacedIn([...contents.values()]))));
    },
  };
}

function replacedIn(contents: readonly Content[]): string[] {
  const replaced: string[] = [];
  const newestFirst = contents
    .filter(({ changed }) => !Number.isNaN(changed))
    .sort((a, b) => b.changed - a.changed);
  /**
   * The latest answer that first had a newer content, and the latest that first had a newer or equally old content.
   */
  let newer = -Infinity;
  let newerOrEqual = -Infinity;
  let changed = NaN;
  for (const content of newestFirst) {
    if (content.changed !== changed) newer = newerOrEqual;
    if (newer > content.last) replaced.push(content.key);
    newerOrEqual = Math.max(newerOrEqual, content.first);
    changed = content.changed;
  }
  return replaced;
}

function noRecords(): KalError {
  return new KalError("KAL_UPSTREAM_INVALID", {
    message: "The Kalibrate Data API sent a list of something other than records.",
  });
}
