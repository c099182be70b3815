/**
 * KAL.FIELDS: the fields of a collection.
 * @module
 */
import { splitConnection } from "../../kalibrate/connection-name.ts";
import type { FieldsAnswer, FieldsRequest } from "../../kalibrate/gateway-api.ts";
import type { Table } from "../../kalibrate/table.ts";
import { type Cell, plainForm, toCells } from "../runtime/cells.ts";
import type { SharedRequest } from "../runtime/requests/request-engine.ts";
import { requestKey } from "../runtime/requests/request-key.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { readQuery, readRequiredText } from "./arguments.ts";
import type { ForExcel, Invocation } from "./call.ts";

export interface FieldsArguments {
  readonly collection: unknown;
  readonly query: unknown;
}

export function createFields({ activity, batchWindow, engine, session }: Runtime, forExcel: ForExcel) {
  return (given: FieldsArguments, invocation: Invocation): Promise<Cell[][]> =>
    forExcel(invocation, given, async (plain) => {
      const { connection: name, collection } = splitConnection(
        readRequiredText("collection", plain.collection),
      );
      const query = readQuery(plain.query, new Date(batchWindow.wallTime()));
      const connection = session.connectionFor(name);
      const body: FieldsRequest = {
        connection: connection.name,
        collection,
        ...(query !== undefined && { query }),
      };
      const key = requestKey(connection, "fields", [collection, query]);
      const subject = { key, operation: "fields", connection: connection.name, collection, query } as const;
      const shared: SharedRequest<FieldsAnswer> = {
        key,
        ticket: connection.ticket,
        start: ({ signal }) => {
          const call = { method: "POST", path: "/fields", body, signal } as const;
          return activity.call(subject, () => session.callAs<FieldsAnswer>(connection, call), outcomeOf);
        },
        weigh: ({ fields }) => fields.length * headings.length,
      };
      const answer = await engine.share(shared, invocation);
      activity.answered(key, invocation.address);
      return toCells(tableOf(answer), 1, plainForm).cells;
    });
}

const outcomeOf = ({ fields, asOf }: FieldsAnswer) => ({ rows: fields.length, asOf });

const headings = ["name", "label", "type", "refersTo", "example"] as const;

/** The examples of all types share one column, so they are shown as the API writes them. */
function tableOf({ fields }: FieldsAnswer): Table {
  return {
    columns: headings.map((name) => ({ name, label: name, type: "text" })),
    rows: fields.map((field) => headings.map((name) => field[name])),
  };
}
