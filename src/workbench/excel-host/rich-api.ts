/**
 * The protocol behind `context.sync()`: a batch of actions on objects, answered together.
 *
 * It knows the services (objects that office.js requests by name) and the workbook's objects. Everything else fails
 * with its name, so that a missing part never causes an endless wait.
 * @module
 */
import { ApiError, type ApiObject, nullObject } from "./api-object.ts";
import { loadObject, type Query } from "./load.ts";

/** The objects that requests can reach. */
export interface RichApi {
  /** By the name that office.js requests. */
  readonly services: Readonly<Record<string, ApiObject>>;
  readonly workbook: ApiObject;
  /** Objects kept by the add-in, by reference. */
  readonly kept: Map<string, ApiObject>;
}

interface Request {
  readonly Actions: readonly Action[];
  readonly ObjectPaths: Readonly<Record<string, ObjectPath>>;
}

interface WithArguments {
  readonly ArgumentInfo?: {
    readonly Arguments?: readonly unknown[];
    /** For each argument the path of its object; 0 for a value. */
    readonly ReferencedObjectPathIds?: readonly unknown[];
  };
}

interface Action extends WithArguments {
  readonly Id: number;
  readonly ActionType: number;
  readonly Name?: string;
  readonly ObjectPathId: number;
  readonly QueryInfo?: Query;
}

interface ObjectPath extends WithArguments {
  readonly ObjectPathType: number;
  readonly Name?: string;
  readonly ParentObjectPathId?: number;
}

const actionType = { instantiate: 1, query: 2, method: 3, setProperty: 4, trace: 5 };
const pathType = { root: 1, service: 2, method: 3, property: 4, indexer: 5, reference: 6, nullObject: 7 };

class ApiNotFound extends Error {
  readonly code = "ApiNotFound";

  constructor(what: string) {
    super(`ApiNotFound: ${what} is not emulated.`);
  }
}

/**
 * Answers one ProcessQuery message.
 * @param body the request as office.js sends it, JSON text
 * @returns the answer, JSON text: a result per action, or the failed action with its error
 */
export function processQuery(body: string, api: RichApi): string {
  const request = JSON.parse(body) as Request;
  const perform = createPerformer(request.ObjectPaths, api);
  const results: { ActionId: number; Value: unknown }[] = [];
  const traceIds: number[] = [];
  for (const [index, action] of request.Actions.entries()) {
    try {
      if (action.ActionType === actionType.trace) traceIds.push(action.Id);
      results.push({ ActionId: action.Id, Value: perform(action) ?? null });
    } catch (error) {
      const failure = {
        Code: error instanceof ApiNotFound || error instanceof ApiError ? error.code : "GeneralException",
        Message: error instanceof Error ? error.message : String(error),
        Location: describe(action, request.ObjectPaths),
        ActionIndex: index,
        HttpStatusCode: 400,
      };
      // The actions before it have been executed: office.js reads their results even if there is an error.
      return JSON.stringify({ Results: results, TraceIds: traceIds, Error: failure });
    }
  }
  return JSON.stringify({ Results: results, TraceIds: traceIds });
}

type Paths = Request["ObjectPaths"];

/** @returns a function that executes an action of the request and returns its result */
function createPerformer(paths: Paths, api: RichApi): (action: Action) => unknown {
  // A method on the path to an object runs once per request, even if several actions use the path.
  const found = new Map<number, ApiObject>();

  function resolve(id: number): ApiObject {
    const known = found.get(id);
    if (known) return known;
    const path = paths[id];
    if (!path) throw new ApiError("InvalidReference", `The request has no object path ${id}.`);
    const object = follow(path);
    found.set(id, object);
    return object;
  }

  function follow(path: ObjectPath): ApiObject {
    const { ObjectPathType: type, Name: name = "", ParentObjectPathId: parentId } = path;
    if (type === pathType.root) return api.workbook;
    if (type === pathType.nullObject) return nullObject;
    if (type === pathType.service) {
      const service = api.services[name];
      if (!service) throw new ApiNotFound(name);
      return service;
    }
    if (type === pathType.reference) {
      const kept = api.kept.get(name);
      if (!kept) throw new ApiError("InvalidReference", "The object is not held any more.");
      return kept;
    }
    if (parentId === undefined) throw new ApiNotFound(`An object path of type ${type}`);
    const parent = resolve(parentId);
    if (parent.isNull) return nullObject;
    if (type === pathType.property) {
      const object = parent.objects?.[name];
      if (!object) throw new ApiNotFound(`${parent.type}.${name}`);
      return object();
    }
    const method = type === pathType.indexer ? "GetItem" : name;
    return call(parent, method, path) as ApiObject;
  }

  function call(object: ApiObject, name: string, from: WithArguments): unknown {
    const method = object.methods?.[name] ?? (object.items && collectionMethod(object.items, name));
    if (!method) throw new ApiNotFound(`${object.type}.${name}`);
    const { Arguments: values = [], ReferencedObjectPathIds: references = [] } = from.ArgumentInfo ?? {};
    // Omitted arguments arrive as null.
    const objectOrValue = (value: unknown, reference: unknown) =>
      typeof reference === "number" && reference > 0 ? resolve(reference) : (value ?? undefined);
    return method(...(values.map((value, index) => objectOrValue(value, references[index])) as never[]));
  }

  return function perform(action) {
    const { ActionType: type, Name: name = "", ObjectPathId: pathId } = action;
    if (type === actionType.trace) return null;
    const isRoot = paths[pathId]?.ObjectPathType === pathType.root;
    if (isRoot && name === "_RemoveReference") {
      return void api.kept.delete(String(action.ArgumentInfo?.Arguments?.[0]));
    }
    const object = resolve(pathId);
    switch (type) {
      case actionType.instantiate:
        return object.isNull ? null : keep(object, api);
      case actionType.query:
        return loadObject(object, action.QueryInfo ?? {}, (what) => {
          throw new ApiNotFound(what);
        });
      case actionType.setProperty: {
        const set = object.setters?.[name];
        if (!set) throw new ApiNotFound(`${object.type}.${name} (set)`);
        return set(action.ArgumentInfo?.Arguments?.[0] as never);
      }
      case actionType.method:
        return name === "_KeepReference" ? keep(object, api) : call(object, name, action);
      default:
        throw new ApiNotFound(`An action of type ${type} on ${object.type}`);
    }
  };
}

/** Methods of every collection; office.js addresses items without an id by their index. */
function collectionMethod(items: () => readonly ApiObject[], name: string) {
  return {
    GetCount: () => items().length,
    GetItemAt: (index: number) => {
      const item = items()[index];
      if (!item) throw new ApiError("ItemNotFound", `There is no item ${index}.`);
      return item;
    },
  }[name] as ((...values: never[]) => unknown) | undefined;
}

function keep(object: ApiObject, { kept }: RichApi): object {
  // Some classes of office.js read `Id`, others `_Id`.
  const id = object.id === undefined ? {} : { Id: object.id, _Id: object.id };
  if (!object.isKept) return id;
  const reference = crypto.randomUUID();
  kept.set(reference, object);
  return { ...id, _ReferenceId: reference };
}

/** The target of an action, for people: `Workbook.Worksheets.GetItem`. */
function describe(action: Action, paths: Paths): string {
  const names = action.Name ? [action.Name] : [];
  for (
    let path = paths[action.ObjectPathId];
    path !== undefined;
    path = path.ParentObjectPathId === undefined ? undefined : paths[path.ParentObjectPathId]
  ) {
    names.unshift(path.Name || (path.ObjectPathType === pathType.indexer ? "GetItem" : "Workbook"));
  }
  return names.join(".");
}
