/**
 * The shape of every document: who it is in `id`, what it says in `data`.
 * @module
 */
import { customerId } from "../customer.ts";
import { instantText } from "./clock.ts";

/** What all documents of one collection and kind have in common. */
export interface Kind {
  /** As the vendor spells it: `ProductGroup`. */
  readonly collection: string;
  /** The collection again where the variant tells kinds apart; `Brand`, `Event` … elsewhere. */
  readonly entityType: string;
  /** `Own`, `Competitor` …; `Common` where the entity type tells kinds apart. */
  readonly entityVariant: string;
}

export interface Identity extends Kind {
  readonly entityId: string;
  readonly entityVersion: number;
  readonly tenantId: string;
  readonly entityOrigin: string;
  readonly createdOn: string;
  readonly updatedOn: string;
}

/** A null in the source is a key that is not there: `undefined` here, left out by JSON. */
export type Data = Readonly<Record<string, unknown>>;

export interface Document {
  readonly id: Identity;
  readonly data: Data;
}

/** What a document is made of, besides its kind. Times are milliseconds since 1970. */
export interface Entity {
  readonly id: string;
  readonly version?: number;
  readonly createdOn: number;
  readonly updatedOn?: number;
  readonly data: Data;
}

export function toDocument(kind: Kind, entity: Entity): Document {
  const createdOn = instantText(entity.createdOn);
  return {
    id: {
      entityId: entity.id,
      entityVersion: entity.version ?? 1,
      tenantId: customerId,
      collection: kind.collection,
      entityType: kind.entityType,
      entityVariant: kind.entityVariant,
      entityOrigin: "Pricing",
      createdOn,
      updatedOn: entity.updatedOn === undefined ? createdOn : instantText(entity.updatedOn),
    },
    data: entity.data,
  };
}

/** How a document points at another entity. */
export interface Reference {
  readonly entityId: string;
}

export function referenceTo(entity: { readonly id: string }): Reference {
  return { entityId: entity.id };
}
