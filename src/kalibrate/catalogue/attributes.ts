/**
 * Attributes by collection and name, and along references.
 *
 * Attributes missing here are not refused: their type comes from the values, their label from the name.
 * @module
 */
import type { Attribute, Attributes } from "./attribute.ts";
import { identityAttributes } from "./attributes/identity.ts";
import { priceAttributes } from "./attributes/price.ts";
import { priceRequestAttributes } from "./attributes/pricerequest.ts";
import { productAttributes } from "./attributes/product.ts";
import { productGroupAttributes } from "./attributes/productgroup.ts";
import { referenceAttributes } from "./attributes/reference.ts";
import { siteAttributes } from "./attributes/site.ts";
import { surveyHistoryAttributes } from "./attributes/surveyhistory.ts";
import { volumeAttributes } from "./attributes/volume.ts";
import { pathOf } from "../names.ts";
import { findReference } from "./references.ts";

/** By collection name, as in the URL. A map, because users type the names and `constructor` must find nothing. */
const byCollection: ReadonlyMap<string, Attributes> = new Map([
  ["price", priceAttributes],
  ["site", siteAttributes],
  ["product", productAttributes],
  ["volume", volumeAttributes],
  ["productgroup", productGroupAttributes],
  ["pricerequest", priceRequestAttributes],
  ["surveyhistory", surveyHistoryAttributes],
  ["reference", referenceAttributes],
]);

/** The attributes of all collections by name, for when the collection does not matter. */
export const everywhere: ReadonlyMap<string, Attribute> = new Map(
  [...byCollection.values(), identityAttributes].flatMap((attributes) => Object.entries(attributes)),
);

/** `reference` of `reference/Brand`. */
function baseOf(collection: string): string {
  return collection.split("/", 1)[0]?.toLowerCase() ?? "";
}

/** Merged once: some collections have over a hundred attributes, and every query needs them. */
const withIdentity: ReadonlyMap<string, Attributes> = new Map(
  [...byCollection].map(([name, own]) => [name, { ...identityAttributes, ...own }]),
);

/** All attributes of a collection: those of every document's `id`, then the collection's own. */
export function attributesOf(collection: string): Attributes {
  return withIdentity.get(baseOf(collection)) ?? identityAttributes;
}

/** The attribute with this name (or documented dotted name) in a collection; undefined if the catalogue has none. */
export function findAttribute(collection: string, name: string): Attribute | undefined {
  const own = byCollection.get(baseOf(collection));
  if (own && Object.hasOwn(own, name)) return own[name];
  return Object.hasOwn(identityAttributes, name) ? identityAttributes[name] : undefined;
}

/** The attribute at the end of a path, following references: `product.product.name`. Undefined if unknown. */
export function attributeAt(collection: string, path: readonly string[]): Attribute | undefined {
  const steps = path.filter((step) => !/^\d+$/.test(step));
  const known = findAttribute(collection, steps.join("."));
  if (known) return known;
  const [first = "", ...rest] = steps;
  if (rest.length === 0) return undefined;
  const reference = findReference(baseOf(collection), first);
  return reference ? attributeAt(reference.collection, rest) : undefined;
}

/**
 * Whether the catalogue has every step of a path, references included. `attributeAt` also follows references by name
 * that a collection may not have.
 */
export function isCatalogued(collection: string, path: readonly string[]): boolean {
  const steps = path.filter((step) => !/^\d+$/.test(step));
  if (findAttribute(collection, steps.join("."))) return true;
  const [first = "", ...rest] = steps;
  if (rest.length === 0 || !findAttribute(collection, first)) return false;
  const reference = findReference(baseOf(collection), first);
  return reference !== undefined && isCatalogued(reference.collection, rest);
}

/**
 * The path in the catalogue's spelling: analysts may type known names in any letter case. Unknown steps stay unchanged.
 */
export function spellPath(collection: string, path: readonly string[]): string[] {
  const [first = "", ...rest] = path;
  const whole = spell(collection, path.join("."));
  if (whole !== path.join(".")) return whole.split(".");
  if (rest.length === 0) return [...path];
  const spelled = spell(collection, first);
  const steps = rest.findIndex((step) => !/^\d+$/.test(step));
  const target = findReference(baseOf(collection), spelled)?.collection;
  if (target === undefined || steps < 0) return [spelled, ...rest];
  return [spelled, ...rest.slice(0, steps), ...spellPath(target, rest.slice(steps))];
}

/** Lower-case name -> catalogue spelling, per collection; filled on first use. */
const spellings = new Map<string, ReadonlyMap<string, string>>();

function spell(collection: string, name: string): string {
  const base = baseOf(collection);
  let known = spellings.get(base);
  if (known === undefined) {
    known = new Map(Object.keys(attributesOf(base)).map((text) => [text.toLowerCase(), text]));
    spellings.set(base, known);
  }
  return findAttribute(base, name) ? name : (known.get(name.toLowerCase()) ?? name);
}

/** Abbreviations in the vendor's names that are written in capitals. */
const letters = /\b(opis|pg|soe|gpc|dtw|tva|lfl|sfr|sms|phh|pnw)\b/g;

/**
 * A readable heading for a field path: `brand.name` becomes “Brand name”, `currentPumpPrice` “Current pump price”,
 * `product.product.name` “Product name”.
 */
export function labelOf(path: string): string {
  const words = pathOf(path)
    .filter((segment, index, all) => segment !== all[index - 1])
    .map((segment) => labelOfStep(segment))
    .join(" ")
    .toLowerCase()
    .replace(letters, (word) => word.toUpperCase());
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function labelOfStep(step: string): string {
  return everywhere.get(step)?.label ?? step.replace(/([a-z0-9])([A-Z])/g, "$1 $2").replaceAll("_", " ");
}
