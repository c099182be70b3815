/**
 * KAL.QUERY: a slice of a collection as a table.
 * @module
 */
import { splitConnection } from "../../kalibrate/connection-name.ts";
import type { QueryAnswer, QueryRequest } from "../../kalibrate/gateway-api.ts";
import { activity } from "../runtime/activity/activity.ts";
import { type Cell, type CellForm, type MeasuredCells, mostResultChars, toCells } from "../runtime/cells.ts";
import { inTurn } from "../runtime/requests/large-results.ts";
import type { Waiting, SharedRequest } from "../runtime/requests/request-engine.ts";
import { requestKey } from "../runtime/requests/request-key.ts";
import { engine } from "../runtime/requests/engine.ts";
import type { HeldConnection } from "../runtime/session/connection-store.ts";
import { callAs, connectionFor } from "../runtime/session/session.ts";
import { cellForm } from "../runtime/workbook/value-settings.ts";
import { readFields, readHeaders, readLimit, readQuery, readRequiredText } from "./arguments.ts";
import { forExcel, type Invocation } from "./call.ts";
import { readOnce } from "./read-once.ts";

export interface QueryArguments {
  readonly collection: unknown;
  readonly query: unknown;
  readonly fields: unknown;
  readonly headers: unknown;
  readonly limit: unknown;
}

export function queryCells(given: QueryArguments, invocation: Invocation): Promise<Cell[][]> {
  return forExcel(invocation, given, async () => {
    const { shared, headers } = read(given.collection, given.query, given.fields, given.headers, given.limit);
    const answer = await engine.share(shared, invocation);
    activity.answered(shared.key, invocation.address);
    const { cells, characters, datesArePlain } = cellsOf(answer, headers);
    if (datesArePlain) activity.noted("datesArePlain", invocation.address);
    return inTurn(cells, characters);
  });
}

/**
 * What a cell with these arguments shows, for the pane that has just written it: the cell's call is shared.
 * @throws KalError
 */
export async function pullCells(given: QueryArguments, waiting: Waiting): Promise<MeasuredCells> {
  const { shared, headers } = read(given.collection, given.query, given.fields, given.headers, given.limit);
  return cellsOf(await engine.share(shared, waiting), headers);
}

interface ReadArguments {
  readonly name: string | undefined;
  readonly connection: HeldConnection;
  readonly headers: 0 | 1 | 2;
  readonly shared: SharedRequest<QueryAnswer>;
}

const read = readOnce(
  (...given: [collection: unknown, query: unknown, fields: unknown, headers: unknown, limit: unknown]) => {
    const { connection: name, collection } = splitConnection(readRequiredText("collection", given[0]));
    const query = readQuery(given[1]);
    const fields = readFields(given[2]);
    const headers = readHeaders(given[3]);
    const limit = readLimit(given[4]);
    const connection = connectionFor(name);
    const request: QueryRequest = {
      connection: connection.name,
      collection,
      ...(query !== undefined && { query }),
      ...(fields && { fields }),
      ...(limit !== undefined && { limit }),
      maxChars: mostAnswerChars,
    };
    const key = requestKey(connection, "query", request);
    const subject = { key, operation: "query", connection: connection.name, collection, query } as const;
    const shared: SharedRequest<QueryAnswer> = {
      key,
      ticket: connection.ticket,
      start: ({ signal, maxAge }) => {
        const body: QueryRequest = maxAge === undefined ? request : { ...request, maxAge };
        const call = { method: "POST", path: "/query", body, signal } as const;
        return activity.call(subject, () => callAs<QueryAnswer>(connection, call), outcomeOf);
      },
      weigh: ({ columns, rows }) => rows.length * columns.length,
    };
    return { name, connection, headers, shared } satisfies ReadArguments;
  },
  ({ name, connection }) => connectionFor(name) === connection,
);

const outcomeOf = ({ rowCount: rows, asOf }: QueryAnswer) => ({ rows, asOf });

/**
 * What the gateway need not send. As cells a table may be much shorter than as JSON (a date of 27 characters is a
 * serial of five), so what Excel can take is measured again when the cells are made.
 */
const mostAnswerChars = 5 * mostResultChars;

/** The cells of an answer, by kind of heading. */
interface Made {
  readonly form: CellForm;
  readonly byHeaders: Map<number, MeasuredCells>;
}

/** Cells of an answer that many calls share are made once for each kind of heading, until the settings change. */
const made = new WeakMap<QueryAnswer, Made>();

function cellsOf(answer: QueryAnswer, headers: 0 | 1 | 2): MeasuredCells {
  const form = cellForm();
  const known = made.get(answer);
  const { byHeaders } = known?.form === form ? known : { byHeaders: new Map<number, MeasuredCells>() };
  made.set(answer, { form, byHeaders });
  const cells = byHeaders.get(headers) ?? toCells(answer, headers, form);
  byHeaders.set(headers, cells);
  return cells;
}
