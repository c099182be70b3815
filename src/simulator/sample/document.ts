/**
 * The structure of every document: its identity in `id`, its attributes in `data`.
 * @module
 */
import { customerId } from "../customer.ts";
import { instantText } from "./clock.ts";

/** What all documents of one partition share. */
export interface Kind {
  /** As the vendor spells it: `ProductGroup`. */
  readonly collection: string;
  /** `Brand`, `Event` …; in collections divided by variant, the collection's name. */
  readonly entityType: string;
  /** `Own`, `Competitor` …; in collections divided by entity type, `Common`. */
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

/** Null values are `undefined` here, so that JSON omits the key. */
export type Data = Readonly<Record<string, unknown>>;

export interface SampleDocument {
  readonly id: Identity;
  readonly data: Data;
}

/** The data for a document, besides its kind. Times are milliseconds since 1970. */
export interface Entity {
  readonly id: string;
  readonly version?: number;
  readonly createdOn: number;
  readonly updatedOn?: number;
  readonly data: Data;
}

export function toDocument(kind: Kind, entity: Entity): SampleDocument {
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

/** A reference from one document to another entity. */
export interface Reference {
  readonly entityId: string;
}

export function referenceTo(entity: { readonly id: string }): Reference {
  return { entityId: entity.id };
}
