/**
 * Attributes known by name: their type, and the label where it cannot be read off the name.
 *
 * Types follow the format words of the vendor's data-model pages (bit, money, datetime …). An attribute that is
 * not here gets its type from the values, its label from its name.
 * @module
 */
import type { ColumnType } from "../table.ts";

export interface Attribute {
  readonly type: ColumnType;
  readonly label?: string;
}

/** The parts of every document's `id`. */
const identityAttributes: Readonly<Record<string, Attribute>> = {
  entityId: { type: "text", label: "Entity id" },
  entityVersion: { type: "number", label: "Entity version" },
  tenantId: { type: "text", label: "Customer id" },
  collection: { type: "text" },
  entityType: { type: "text", label: "Type" },
  entityVariant: { type: "text", label: "Variant" },
  entityOrigin: { type: "text", label: "Entity origin" },
  createdOn: { type: "datetime", label: "Created on" },
  updatedOn: { type: "datetime", label: "Updated on" },
};

const attributes: Readonly<Record<string, Attribute>> = {
  ...identityAttributes,
  active: { type: "boolean" },
  address: { type: "text" },
  adjustment: { type: "number" },
  alias: { type: "text" },
  country: { type: "text" },
  currentPrice: { type: "number" },
  currentPriceEffectiveTime: { type: "datetime", label: "Current price effective" },
  date: { type: "date" },
  effectiveTime: { type: "datetime", label: "Effective" },
  endDate: { type: "datetime", label: "End" },
  endTime: { type: "datetime", label: "End" },
  importCode: { type: "text", label: "Code" },
  latitude: { type: "number" },
  longitude: { type: "number" },
  name: { type: "text" },
  origin: { type: "text" },
  postCode: { type: "text", label: "Postcode" },
  price: { type: "number" },
  processTime: { type: "datetime", label: "Processed" },
  recurring: { type: "boolean" },
  source: { type: "text" },
  startDate: { type: "datetime", label: "Start" },
  startTime: { type: "datetime", label: "Start" },
  target: { type: "boolean" },
  volume: { type: "number" },
};

/** What is known of the attribute of that name, wherever it stands. */
export function findAttribute(name: string): Attribute | undefined {
  return Object.hasOwn(attributes, name) ? attributes[name] : undefined;
}

/**
 * A readable heading for a field path: `brand.name` becomes “Brand name”, `currentPumpPrice` “Current pump price”,
 * `product.product.name` “Product name”.
 */
export function labelOf(path: string): string {
  const words = path
    .split(".")
    .filter((segment, index, all) => segment !== all[index - 1])
    .map((segment) => findAttribute(segment)?.label ?? segment.replace(/([a-z0-9])([A-Z])/g, "$1 $2"))
    .join(" ")
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
