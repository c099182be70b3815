/**
 * The protocol behind `context.sync()`: a batch of actions on objects, answered in one go.
 *
 * Known are services (objects that office.js asks for by name) and their methods: what custom functions and the
 * start of an add-in need. Everything else fails with its name, so that a gap here is never a silent wait.
 * @module
 */

/** The services that the host has: name, then method, both as office.js writes them on the wire. */
export type Services = Readonly<Record<string, Readonly<Record<string, Method>>>>;

type Method = (...args: unknown[]) => unknown;

interface Request {
  readonly Actions: readonly Action[];
  readonly ObjectPaths: Readonly<Record<string, ObjectPath>>;
}

interface Action {
  readonly Id: number;
  readonly ActionType: number;
  readonly Name?: string;
  readonly ObjectPathId: number;
  readonly ArgumentInfo?: { readonly Arguments?: unknown[] };
}

interface ObjectPath {
  readonly ObjectPathType: number;
  readonly Name?: string;
  readonly ParentObjectPathId?: number;
}

const actionType = { instantiate: 1, query: 2, method: 3, setProperty: 4, trace: 5 };
const pathType = { root: 1, service: 2 };

class ApiNotFound extends Error {}

/**
 * Answers one ProcessQuery message.
 * @param body the request as office.js sends it, JSON text
 * @returns the answer, JSON text: a result per action, or which action failed and why
 */
export function processQuery(body: string, services: Services): string {
  const request = JSON.parse(body) as Request;
  const results: { ActionId: number; Value: unknown }[] = [];
  const traceIds: number[] = [];
  for (const [index, action] of request.Actions.entries()) {
    try {
      if (action.ActionType === actionType.trace) traceIds.push(action.Id);
      results.push({ ActionId: action.Id, Value: perform(action, request.ObjectPaths, services) ?? null });
    } catch (error) {
      const failure = {
        Code: error instanceof ApiNotFound ? "ApiNotFound" : "GeneralException",
        Message: error instanceof Error ? error.message : String(error),
        Location: describe(action, request.ObjectPaths),
        ActionIndex: index,
        HttpStatusCode: 400,
      };
      // The actions before it have been done: office.js reads their results even beside an error.
      return JSON.stringify({ Results: results, TraceIds: traceIds, Error: failure });
    }
  }
  return JSON.stringify({ Results: results, TraceIds: traceIds });
}

function perform(action: Action, paths: Request["ObjectPaths"], services: Services): unknown {
  if (action.ActionType === actionType.trace) return null;
  const path = paths[action.ObjectPathId];
  const service = path?.ObjectPathType === pathType.service ? services[path.Name ?? ""] : undefined;
  const exists = service !== undefined || path?.ObjectPathType === pathType.root;
  if (exists && action.ActionType === actionType.instantiate) return {};
  const method = action.ActionType === actionType.method ? service?.[action.Name ?? ""] : undefined;
  if (!method) throw new ApiNotFound(`${describe(action, paths)} is not emulated.`);
  return method(...(action.ArgumentInfo?.Arguments ?? []));
}

/** Where an action points, for people: `Workbook.Worksheets.GetItem`. */
function describe(action: Action, paths: Request["ObjectPaths"]): string {
  const names: string[] = action.Name === undefined ? [] : [action.Name];
  for (
    let path = paths[action.ObjectPathId];
    path !== undefined;
    path = path.ParentObjectPathId === undefined ? undefined : paths[path.ParentObjectPathId]
  ) {
    names.unshift(path.Name || "Workbook");
  }
  const what = action.ActionType === actionType.query ? " (load)" : "";
  return names.join(".") + (action.ActionType === actionType.setProperty ? " (set)" : what);
}
