/**
 * Attributes of every document: the nine parts of its `id`, as the vendor's Excel template lists them.
 * @module
 */
import { type Attributes, moment, number, text } from "../attribute.ts";

export const identityAttributes: Attributes = {
  entityId: { ...text, label: "Entity id" },
  entityVersion: { ...number, label: "Entity version" },
  tenantId: { ...text, label: "Customer id" },
  collection: text,
  entityType: { ...text, label: "Type" },
  entityVariant: { ...text, label: "Kind" },
  entityOrigin: { ...text, label: "Entity origin" },
  createdOn: { ...moment, label: "Created on" },
  updatedOn: { ...moment, label: "Updated on" },
};
