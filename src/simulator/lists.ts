/**
 * Applies faults to the list of documents, before limit and offset.
 * @module
 */
import type { ListFault } from "./fault.ts";
import type { FaultBoard } from "./faults.ts";
import type { StoredDocument } from "./sample/sample-data.ts";

/** In order of application: the list is shortened before documents are repeated, and reordered last. */
const kinds = [
  "one-creation",
  "no-creation",
  "short",
  "old-versions",
  "shared-identity",
  "shared-id",
  "repeats",
  "appearing",
  "going",
  "unstable-order",
] as const;

/** The list for one request, with the active faults applied. */
export function bendList(
  selected: readonly StoredDocument[],
  faults: FaultBoard,
  path: string,
  ordered: boolean,
): readonly StoredDocument[] {
  return kinds.reduce((list, kind) => {
    const fault = faults.take(kind, "data", path);
    return fault ? bend(fault, list, faults.met(fault), ordered) : list;
  }, selected);
}

/**
 * @param number how many requests the fault has applied to, including this one.
 * @param ordered whether the query has an order.
 */
function bend(
  fault: ListFault,
  list: readonly StoredDocument[],
  number: number,
  ordered: boolean,
): readonly StoredDocument[] {
  switch (fault.kind) {
    case "unstable-order":
      return shuffled(list, number);
    case "repeats":
      return list.flatMap((storedDocument) =>
        isChosen(storedDocument, fault.every) ? [storedDocument, storedDocument] : [storedDocument],
      );
    case "old-versions":
      return list.flatMap((storedDocument) =>
        isChosen(storedDocument, fault.every) ? [storedDocument, older(storedDocument)] : [storedDocument],
      );
    case "shared-identity":
      return list.flatMap((storedDocument) =>
        isChosen(storedDocument, fault.every)
          ? [storedDocument, later(storedDocument, 1), later(storedDocument, 2)]
          : [storedDocument],
      );
    case "shared-id":
      return list.flatMap((storedDocument) =>
        isChosen(storedDocument, fault.every)
          ? [storedDocument, changed(storedDocument, { entityVariant: "Proposed" })]
          : [storedDocument],
      );
    case "short":
      return shortened(list, fault.count);
    case "going":
      return list.slice(fault.count * (number - 1));
    case "appearing":
      return [...appeared(list, fault.count * (number - 1)), ...list];
    case "one-creation":
      return list.map((storedDocument) =>
        changed(storedDocument, { createdOn: "2026-01-01T00:00:00+00:00" }),
      );
    case "no-creation":
      return ordered
        ? list.filter((storedDocument) => !isChosen(storedDocument, fault.every))
        : list.map((storedDocument) =>
            isChosen(storedDocument, fault.every)
              ? changed(storedDocument, { createdOn: undefined })
              : storedDocument,
          );
  }
}

/** Chooses about one in `every` documents by id, so independent of the list's order. */
function isChosen({ document }: StoredDocument, every: number): boolean {
  return Number.parseInt(document.id.entityId.slice(-6), 16) % every === 0;
}

function shortened(list: readonly StoredDocument[], count: number): readonly StoredDocument[] {
  const ids = list.map(({ document }) => document.id.entityId).sort();
  const left = new Set(ids.slice(0, count));
  return list.filter(({ document }) => left.has(document.id.entityId));
}

/** The same documents, in an order that depends only on `number`. */
function shuffled(list: readonly StoredDocument[], number: number): readonly StoredDocument[] {
  const places = list.map((storedDocument, at) => ({
    one: storedDocument,
    place: Math.imul(at + 1, 2654435761 + 40503 * number) >>> 0,
  }));
  return places.sort((a, b) => a.place - b.place).map(({ one }) => one);
}

/** A document with the same identity, but another time and price. */
function later({ document: { id, data } }: StoredDocument, hours: number): StoredDocument {
  const price = (data as { price?: unknown }).price;
  const effectiveTime = `2026-11-30T${String(10 + hours)}:00:00`;
  return {
    document: {
      id,
      data: { ...data, effectiveTime, ...(typeof price === "number" && { price: price + hours }) },
    },
  };
}

function older(storedDocument: StoredDocument): StoredDocument {
  const { document } = storedDocument;
  const data = { ...document.data, ...("name" in document.data ? { name: "Old name" } : {}) };
  return { document: { id: { ...document.id, entityVersion: document.id.entityVersion - 1 }, data } };
}

function appeared(list: readonly StoredDocument[], count: number): StoredDocument[] {
  return Array.from({ length: list.length === 0 ? 0 : count }, (_, at) => {
    const entityId = `ffffffff-0000-4000-8000-${String(count - at).padStart(12, "0")}`;
    return changed(list[at % list.length] as StoredDocument, { entityId });
  });
}

function changed({ document }: StoredDocument, id: Record<string, unknown>): StoredDocument {
  return { document: { id: { ...document.id, ...id }, data: document.data } };
}
