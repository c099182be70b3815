/**
 * KAL.COLLECTIONS: what there is to ask for.
 * @module
 */
import type { CatalogueAnswer } from "../../kalibrate/gateway-api.ts";
import type { Column } from "../../kalibrate/table.ts";
import { type Cell, plainForm, toCells } from "../runtime/cells.ts";
import type { SharedRequest } from "../runtime/requests/request-engine.ts";
import { requestKey } from "../runtime/requests/request-key.ts";
import { engine } from "../runtime/requests/engine.ts";
import { callAs, connectionFor } from "../runtime/session/session.ts";
import { forExcel, type Invocation } from "./call.ts";

export function collectionsCells(invocation: Invocation): Promise<Cell[][]> {
  return forExcel(invocation, async () => {
    const connection = connectionFor(undefined);
    const shared: SharedRequest<CatalogueAnswer> = {
      key: requestKey(connection, "catalogue", {}),
      ticket: connection.ticket,
      start: ({ signal }) =>
        callAs<CatalogueAnswer>(connection, { method: "GET", path: "/catalogue", signal }),
      weigh: ({ collections }) => collections.length,
    };
    const { collections } = await engine.share(shared, invocation);
    return toCells({ columns, rows: collections.flatMap(rowsOf) }, 1, plainForm).cells;
  });
}

const columns: Column[] = [
  { name: "collection", label: "Collection", type: "text" },
  { name: "variant", label: "Variant", type: "text" },
];

/** As they are written in a formula: reference collections take the type into their name, the others a filter. */
function rowsOf({ name, variants, entityTypes }: CatalogueAnswer["collections"][number]): string[][] {
  if (entityTypes.length > 0) return entityTypes.map((type) => [`${name}/${type}`, ""]);
  if (variants.length > 0) return variants.map((variant) => [name, variant]);
  return [[name, ""]];
}
