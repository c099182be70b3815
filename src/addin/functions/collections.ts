/**
 * KAL.COLLECTIONS: the collections and their variants.
 * @module
 */
import type { CatalogueAnswer } from "../../kalibrate/gateway-api.ts";
import type { Column } from "../../kalibrate/table.ts";
import { type Cell, plainForm, toCells } from "../runtime/cells.ts";
import type { SharedRequest } from "../runtime/requests/request-engine.ts";
import { requestKey } from "../runtime/requests/request-key.ts";
import type { Runtime } from "../runtime/runtime.ts";
import type { ForExcel, Invocation } from "./call.ts";

/**
 * @returns a function that requests the collections of the workbook's connection; cells that ask at the same time
 * share one call
 */
export function createAskCatalogue({ activity, engine, session }: Runtime) {
  return async (invocation: Invocation): Promise<CatalogueAnswer> => {
    const connection = session.connectionFor(undefined);
    const key = requestKey(connection, "catalogue");
    const subject = { key, operation: "collections", connection: connection.name } as const;
    const shared: SharedRequest<CatalogueAnswer> = {
      key,
      ticket: connection.ticket,
      start: ({ signal }) => {
        const call = { method: "GET", path: "/catalogue", signal } as const;
        return activity.call(subject, () => session.callAs<CatalogueAnswer>(connection, call), outcomeOf);
      },
      weigh: ({ collections }) => collections.length,
    };
    const answer = await engine.share(shared, invocation);
    activity.answered(key, invocation.address);
    return answer;
  };
}

export function createCollections(runtime: Runtime, forExcel: ForExcel) {
  const askCatalogue = createAskCatalogue(runtime);
  return (invocation: Invocation): Promise<Cell[][]> =>
    forExcel(invocation, {}, async () => {
      const { collections } = await askCatalogue(invocation);
      return toCells({ columns, rows: collections.flatMap(rowsOf) }, 1, plainForm).cells;
    });
}

const outcomeOf = ({ collections }: CatalogueAnswer) => ({ rows: collections.length });

const columns: Column[] = [
  { name: "collection", label: "Collection", type: "text" },
  { name: "variant", label: "Kind", type: "text" },
];

/** As formulas write them: reference collections have the type in their name, the others need a filter. */
function rowsOf({ name, variants, entityTypes }: CatalogueAnswer["collections"][number]): string[][] {
  if (entityTypes.length > 0) return entityTypes.map((type) => [`${name}/${type}`, ""]);
  if (variants.length > 0) return variants.map((variant) => [name, variant]);
  return [[name, ""]];
}
