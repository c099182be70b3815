/**
 * What a lookup begins with: the keys by which people know the records, and the value they most likely want.
 * @module
 */
interface Beginning {
  readonly keys: readonly string[];
  readonly value: string;
}

const beginnings: ReadonlyMap<string, Beginning> = new Map([
  ["product", { keys: ["site.importCode", "product.name"], value: "currentPrice" }],
  ["price", { keys: ["site.importCode", "product.product.name"], value: "price" }],
  ["volume", { keys: ["product.site.importCode", "product.product.name"], value: "volume" }],
  ["site", { keys: ["importCode"], value: "name" }],
  ["productgroup", { keys: ["importCode"], value: "name" }],
]);

export const beginningOf = (collection: string): Beginning =>
  beginnings.get(collection) ?? { keys: [""], value: "name" };
