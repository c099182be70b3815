/**
 * The documents that a pull has read, each once.
 *
 * At first documents are told apart by their identity alone, which is right for every slice in which no identity repeats.
 * Where one repeats, the slice is read once more with contents compared. Of a document whose id was not met yet nothing
 * but the id is looked at.
 * @module
 */
import { createHash } from "node:crypto";
import { refuseErrorElement } from "../../kalibrate/documents/answer.ts";
import { type Document, entityIdOf, readDocument } from "../../kalibrate/documents/document.ts";
import { changedAt, contentOf, identityOf } from "../../kalibrate/documents/identity.ts";
import { KalError } from "../../kalibrate/errors.ts";

/** What a pull does with the documents that it reads. */
export interface Collector {
  /** What is to be kept of a document: at least its `identityAttributes`. */
  readonly keep: (document: Document) => Document;
  /**
   * Called with the documents that were not met before, and how many were met so far. What it throws ends the pull.
   * When a slice is read once more, it is called for its documents once more.
   */
  readonly look?: ((documents: readonly Document[], count: number) => void) | undefined;
}

/** The elements of a list: a key for each document, null for each null. */
export type Places = readonly (string | null)[];

export interface DocumentsMet {
  /** Whether contents are compared, not identities alone. */
  readonly comparesContents: boolean;
  /** How many different documents there are so far, those left out that another one has replaced. */
  readonly count: number;
  /** Whether nulls stood between them. */
  readonly hasNulls: boolean;
  /** Whether some document has no id: only its content tells it from others. */
  readonly hasDocumentsWithoutId: boolean;
  /** Whether two of the documents may have the same id; without that none can be superseded. */
  readonly mayRepeatIds: boolean;
  /** To be called before the elements of the next answer are added. */
  startAnswer(): void;
  /** @throws KalError KAL_UPSTREAM_INVALID for an element that is no record, which would look like no rows. */
  add(elements: readonly unknown[]): Places;
  /** The key of the first document of a list; undefined where it has none. */
  firstKey(elements: readonly unknown[]): string | undefined;
  /** What was kept of the documents, in the order in which they were met first. */
  documents(): Document[];
}

export function createDocumentsMet({ keep, look }: Collector, comparesContents: boolean): DocumentsMet {
  const met = new Map<string, Document>();
  const contents = createContents();
  let answer = 0;
  let hasNulls = false;
  let withoutId = 0;
  let mayRepeatIds = comparesContents;

  /** Undefined where neither id nor content tells the document from others. */
  function keyOf(document: Document, id: string | undefined): string | undefined {
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
      const fresh: Document[] = [];
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
        if (known === undefined) fresh.push(document);
        // It was changed while the list is read.
        if (known === undefined || changedAt(document) > changedAt(known)) met.set(key, keep(document));
      }
      if (fresh.length > 0) look?.(fresh, met.size);
      return places;
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
  };
}

/** One content of an identity: its time of change, and the first and last answer in which it was read. */
interface Content {
  readonly key: string;
  readonly changed: number;
  readonly first: number;
  last: number;
}

/**
 * The contents of each identity. Of two contents both count, unless one replaced the other while the list was read:
 * it has the later time of change, and the other was not read again since it was read first.
 */
function createContents() {
  const byIdentity = new Map<string, Map<string, Content>>();
  const repeated = new Set<ReadonlyMap<string, Content>>();
  let known: ReadonlySet<string> | undefined;

  return {
    note(identity: string, key: string, document: Document, answer: number): void {
      let contents = byIdentity.get(identity);
      if (contents === undefined) byIdentity.set(identity, (contents = new Map<string, Content>()));
      const same = contents.get(key);
      if (same) same.last = answer;
      else contents.set(key, { key, changed: changedAt(document), first: answer, last: answer });
      if (contents.size < 2) return;
      repeated.add(contents);
      known = undefined;
    },
    /** The keys of contents that another one replaced. */
    replaced(): ReadonlySet<string> {
      return (known ??= new Set([...repeated].flatMap((contents) => replacedIn([...contents.values()]))));
    },
  };
}

function replacedIn(contents: readonly Content[]): string[] {
  const replaced: string[] = [];
  const newestFirst = contents
    .filter(({ changed }) => !Number.isNaN(changed))
    .sort((one, other) => other.changed - one.changed);
  /** The latest first reading of what is newer than the content at hand, and of that and its equals. */
  let newer = -Infinity;
  let newerOrEqual = -Infinity;
  let changed = NaN;
  for (const one of newestFirst) {
    if (one.changed !== changed) newer = newerOrEqual;
    if (newer > one.last) replaced.push(one.key);
    newerOrEqual = Math.max(newerOrEqual, one.first);
    changed = one.changed;
  }
  return replaced;
}

function noRecords(): KalError {
  return new KalError("KAL_UPSTREAM_INVALID", {
    message: "The Kalibrate Data API answered with a list of something that is no record.",
  });
}
