/**
 * `load`: returns the requested values of an object and of the objects below it.
 * @module
 */
import type { ApiObject } from "./api-object.ts";

/** What to load: paths such as `name` and `items/tables/name`; for a collection possibly only a part. */
export interface Query {
  readonly Select?: readonly string[];
  readonly Expand?: readonly string[];
  readonly Top?: number;
  readonly Skip?: number;
}

/** The steps of a path; no step means the object itself with all its values. */
type Path = readonly string[];

/**
 * @param unknown called with the name of a missing member: `Range.style`
 * @returns values by their names on the wire; a collection's objects under `_Items`; null for a null object
 */
export function loadObject(object: ApiObject, query: Query, unknown: (what: string) => never): object | null {
  const { Select: select = [], Expand: expand = [], Top: top = Infinity, Skip: skip = 0 } = query;
  // A path that is only in `expand` is loaded completely.
  const paths = [...select, ...expand.filter((path) => !select.some((text) => text.startsWith(`${path}/`)))];
  return load(object, paths.map(toPath), { top, skip }, unknown);
}

function toPath(path: string): Path {
  return path.split("/").filter((step) => step !== "" && step !== "*");
}

function load(
  object: ApiObject,
  paths: readonly Path[],
  part: { readonly top: number; readonly skip: number },
  unknown: (what: string) => never,
): object | null {
  if (object.isNull) return null;
  const result: Record<string, unknown> = object.id === undefined ? {} : { _Id: object.id };
  const { properties = {}, objects = {}, items } = object;
  const itemPaths: Path[] = [];
  const below = new Map<string, { readonly open: () => ApiObject; readonly paths: Path[] }>();
  for (const path of paths.length === 0 ? [[]] : paths) {
    const [step, ...rest] = path;
    if (step === undefined) {
      if (items) itemPaths.push([]);
      else for (const [name, read] of Object.entries(properties)) result[name] = read();
      continue;
    }
    const property = named(properties, step);
    const child = named(objects, step);
    if (property) result[property.name] = property.read();
    else if (child) {
      const { paths } = below.get(child.name) ?? { paths: [] };
      below.set(child.name, { open: child.read, paths: [...paths, rest] });
    }
    // `items/name` and `name` both mean the items' name.
    else if (items) itemPaths.push(step.toLowerCase() === "items" ? rest : path);
    else unknown(`${object.type}.${step}`);
  }
  const whole = { top: Infinity, skip: 0 };
  for (const [name, child] of below) result[name] = load(child.open(), child.paths, whole, unknown);
  if (items && itemPaths.length > 0) {
    const chosen = items().slice(part.skip, part.skip + part.top);
    result["_Items"] = chosen.map((item) => load(item, itemPaths, whole, unknown));
  }
  return result;
}

/** office.js sends names in the add-in's spelling: `rowCount` for `RowCount`. */
function named<Read>(table: Readonly<Record<string, Read>>, step: string) {
  const [name, read] =
    Object.entries(table).find(([name]) => name.toLowerCase() === step.toLowerCase()) ?? [];
  return name === undefined || read === undefined ? undefined : { name, read };
}
