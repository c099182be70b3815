/**
 * The protocol behind `context.sync()`: a batch of actions on objects, answered in one go.
 *
 * Known are services (objects that office.js asks for by name) with their methods, and the objects of the workbook
 * where there is one. Everything else fails with its name, so that a gap here is never a silent wait.
 * @module
 */
import type { ApiObject } from "./excel-objects.ts";

/** The services that the host has: name, then method, both as office.js writes them on the wire. */
export type Services = Readonly<Record<string, Readonly<Record<string, Method>>>>;

type Method = (...args: unknown[]) => unknown;

/** What requests may reach. */
export interface RichApi {
  readonly services: Services;
  readonly workbook?: ApiObject | undefined;
  /** Objects that the add-in holds, by the reference that it was given. */
  readonly kept: Map<string, ApiObject>;
}

interface Request {
  readonly Actions: readonly Action[];
  readonly ObjectPaths: Readonly<Record<string, ObjectPath>>;
}

interface Arguments {
  readonly ArgumentInfo?: { readonly Arguments?: unknown[] };
}

interface Action extends Arguments {
  readonly Id: number;
  readonly ActionType: number;
  readonly Name?: string;
  readonly ObjectPathId: number;
  readonly QueryInfo?: { readonly Select?: readonly string[] };
}

interface ObjectPath extends Arguments {
  readonly ObjectPathType: number;
  readonly Name?: string;
  readonly ParentObjectPathId?: number;
}

const actionType = { instantiate: 1, query: 2, method: 3, setProperty: 4, trace: 5 };
const pathType = { root: 1, service: 2, method: 3, property: 4, indexer: 5, reference: 6 };

class ApiNotFound extends Error {}

/**
 * Answers one ProcessQuery message.
 * @param body the request as office.js sends it, JSON text
 * @returns the answer, JSON text: a result per action, or which action failed and why
 */
export function processQuery(body: string, api: RichApi): string {
  const { Actions: actions, ObjectPaths: paths } = JSON.parse(body) as Request;
  // A method on the way to an object runs once in a request, however many actions follow the way.
  const found = new Map<number, ApiObject>();
  const results: { ActionId: number; Value: unknown }[] = [];
  const traceIds: number[] = [];
  for (const [index, action] of actions.entries()) {
    try {
      if (action.ActionType === actionType.trace) traceIds.push(action.Id);
      results.push({ ActionId: action.Id, Value: perform(action, paths, found, api) ?? null });
    } catch (error) {
      const failure = {
        Code: error instanceof ApiNotFound ? "ApiNotFound" : "GeneralException",
        Message: error instanceof Error ? error.message : String(error),
        Location: describe(action, paths),
        ActionIndex: index,
        HttpStatusCode: 400,
      };
      // The actions before it have been done: office.js reads their results even beside an error.
      return JSON.stringify({ Results: results, TraceIds: traceIds, Error: failure });
    }
  }
  return JSON.stringify({ Results: results, TraceIds: traceIds });
}

type Paths = Request["ObjectPaths"];

function perform(action: Action, paths: Paths, found: Map<number, ApiObject>, api: RichApi): unknown {
  const { ActionType: type, Name: name = "", ObjectPathId: pathId } = action;
  const values = (action.ArgumentInfo?.Arguments ?? []) as never[];
  const path = paths[pathId];
  const unknown = () => new ApiNotFound(`${describe(action, paths)} is not emulated.`);
  if (type === actionType.trace) return null;
  if (path?.ObjectPathType === pathType.service) {
    const service = api.services[path.Name ?? ""];
    if (service && type === actionType.instantiate) return {};
    const method = type === actionType.method ? service?.[name] : undefined;
    if (!method) throw unknown();
    return method(...values);
  }
  if (path?.ObjectPathType === pathType.root && type === actionType.instantiate) return {};
  if (name === "_RemoveReference") return void api.kept.delete(String(values[0]));
  const object = resolve(pathId, paths, found, api);
  if (!object) throw unknown();
  switch (type) {
    case actionType.instantiate:
      return object.isNull ? { _IsNull: true } : { ...keep(object, api) };
    case actionType.query:
      return object.isNull ? { _IsNull: true } : load(object, action.QueryInfo?.Select ?? [], unknown);
    case actionType.setProperty: {
      const set = object.setters?.[name];
      if (!set) throw unknown();
      return set(...(values as [never]));
    }
    case actionType.method: {
      if (name === "_KeepReference") return keep(object, api);
      const method = object.methods?.[name];
      if (!method) throw unknown();
      return method(...values);
    }
    default:
      throw unknown();
  }
}

function resolve(
  pathId: number,
  paths: Paths,
  found: Map<number, ApiObject>,
  api: RichApi,
): ApiObject | undefined {
  const known = found.get(pathId);
  if (known) return known;
  const path = paths[pathId];
  const { ParentObjectPathId: parentId, Name: name = "" } = path ?? {};
  const parent = () => (parentId === undefined ? undefined : resolve(parentId, paths, found, api));
  const values = (path?.ArgumentInfo?.Arguments ?? []) as never[];
  const object = {
    [pathType.root]: () => api.workbook,
    [pathType.reference]: () => api.kept.get(name),
    [pathType.property]: () => parent()?.properties?.[name]?.(),
    [pathType.method]: () => parent()?.methods?.[name]?.(...values),
    [pathType.indexer]: () => parent()?.methods?.["GetItem"]?.(...values),
  }[path?.ObjectPathType ?? 0]?.() as ApiObject | undefined;
  if (object) found.set(pathId, object);
  return object;
}

function keep(object: ApiObject, { kept }: RichApi): object {
  if (!object.isKept) return {};
  const id = crypto.randomUUID();
  kept.set(id, object);
  return { _ReferenceId: id };
}

/** The properties that are asked for; all that are no objects themselves where none is named. */
function load(object: ApiObject, select: readonly string[], unknown: () => Error): unknown {
  if (object.items) {
    const names = select
      .map((name) => name.replace(/^items\//i, ""))
      .filter((name) => !/^items$/i.test(name));
    return { _Items: object.items().map((item) => ({ ...(load(item, names, unknown) as object) })) };
  }
  const properties = object.properties ?? {};
  const all = Object.keys(properties);
  const wanted = select.length === 0 ? all : select.map((name) => all.find((one) => isSame(one, name)));
  return Object.fromEntries(
    wanted.map((name) => {
      if (name === undefined) throw unknown();
      return [name, properties[name]!()];
    }),
  );
}

function isSame(name: string, other: string): boolean {
  return name.toLowerCase() === other.toLowerCase();
}

/** Where an action points, for people: `Workbook.Worksheets.GetItem`. */
function describe(action: Action, paths: Paths): string {
  const names: string[] = action.Name === undefined ? [] : [action.Name];
  for (
    let path = paths[action.ObjectPathId];
    path !== undefined;
    path = path.ParentObjectPathId === undefined ? undefined : paths[path.ParentObjectPathId]
  ) {
    names.unshift(path.Name || "Workbook");
  }
  const select = action.QueryInfo?.Select?.join(", ");
  const what = action.ActionType === actionType.query ? ` (load${select ? ` ${select}` : ""})` : "";
  return names.join(".") + (action.ActionType === actionType.setProperty ? " (set)" : what);
}
