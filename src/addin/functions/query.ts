/**
 * KAL.QUERY: a slice of a collection as a table.
 * @module
 */
import { splitConnection } from "../../kalibrate/connection-name.ts";
import { KalError } from "../../kalibrate/errors.ts";
import type { QueryAnswer, QueryRequest } from "../../kalibrate/gateway-api.ts";
import { asKalError } from "../runtime/as-kal-error.ts";
import { type Cell, type CellForm, type MeasuredCells, maxResultChars, toCells } from "../runtime/cells.ts";
import type { Waiting, SharedRequest } from "../runtime/requests/request-engine.ts";
import { requestKey } from "../runtime/requests/request-key.ts";
import type { Runtime } from "../runtime/runtime.ts";
import type { HeldConnection } from "../runtime/session/connection-store.ts";
import { readFields, readHeaders, readLimit, readQuery, readRequiredText } from "./arguments.ts";
import type { ForExcel, Invocation } from "./call.ts";
import { readOnce } from "./read-once.ts";

export interface QueryArguments {
  readonly collection: unknown;
  readonly query: unknown;
  readonly fields: unknown;
  readonly headers: unknown;
  readonly limit: unknown;
}

/** Index of `headers` among the parameters. */
const headersAt = 3;

/**
 * An empty cell as `headers` counts as 0, as in Excel's own functions. It arrives as 0 on the desktop but may arrive
 * as null on the web, like an omitted argument (office-js 4702); only a reference has an address.
 * @param place index of `headers` among the parameters
 */
export function headersOf(headers: unknown, { parameterAddresses }: Invocation, place: number): unknown {
  return headers === null && parameterAddresses?.[place] ? 0 : headers;
}

export interface Query {
  readonly cells: (given: QueryArguments, invocation: Invocation) => Promise<Cell[][]>;
  /**
   * The cells of a query with these arguments, for the pane that has just written it. Shares the cell's call.
   * @throws KalError
   */
  readonly pull: (given: QueryArguments, waiting: Waiting) => Promise<MeasuredCells>;
}

/** The cells of a table that is being requested or is already cached. */
export function showTable(
  { activity, deliver, engine, valueSettings }: Runtime,
  shared: SharedRequest<Pulled>,
  headers: 0 | 1 | 2,
  invocation: Invocation,
): Promise<Cell[][]> {
  return engine.share(shared, invocation).then((pulled) => {
    activity.answered(shared.key, invocation.address);
    const { cells, characters, datesArePlain } = cellsOf(pulled, headers, valueSettings.cellForm());
    if (datesArePlain) activity.noted("datesArePlain", invocation.address);
    return deliver(cells, characters);
  });
}

interface ReadArguments {
  readonly name: string | undefined;
  readonly connection: HeldConnection;
  readonly headers: 0 | 1 | 2;
  readonly shared: SharedRequest<Pulled>;
}

export function createQuery(runtime: Runtime, forExcel: ForExcel): Query {
  const { activity, batchWindow, dateSystem, engine, session, valueSettings } = runtime;

  /** Different queries usually have the same columns. */
  const readFieldsOnce = readOnce(batchWindow.wallTime, (given: unknown) => ({ fields: readFields(given) }));

  const read = readOnce(
    batchWindow.wallTime,
    (...given: [collection: unknown, query: unknown, fields: unknown, headers: unknown, limit: unknown]) => {
      const { connection: name, collection } = splitConnection(readRequiredText("collection", given[0]));
      const query = readQuery(given[1], new Date(batchWindow.wallTime()));
      const { fields } = readFieldsOnce(given[2]);
      const headers = readHeaders(given[3]);
      const limit = readLimit(given[4]);
      const connection = session.connectionFor(name);
      const request: QueryRequest = {
        connection: connection.name,
        collection,
        ...(query !== undefined && { query }),
        ...(fields && { fields }),
        ...(limit !== undefined && { limit }),
        maxChars: maxAnswerChars,
      };
      const key = requestKey(connection, "query", [collection, query, fields, limit]);
      const subject = { key, operation: "query", connection: connection.name, collection, query } as const;
      const shared: SharedRequest<Pulled> = {
        key,
        ticket: connection.ticket,
        start: ({ signal, maxAge }) => {
          const body: QueryRequest = maxAge === undefined ? request : { ...request, maxAge };
          const call = { method: "POST", path: "/query", body, signal } as const;
          return activity.call(subject, () => session.callAs<Pulled>(connection, call), outcomeOf);
        },
        weigh: ({ columns, rows }) => rows.length * columns.length,
      };
      return { name, connection, headers, shared } satisfies ReadArguments;
    },
    ({ name, connection }) => session.connectionFor(name) === connection,
  );

  return {
    cells(given, invocation) {
      const asked = { ...given, headers: headersOf(given.headers, invocation, headersAt) };
      return forExcel(invocation, asked, ({ collection, query, fields, headers: headings, limit }) => {
        dateSystem.refuse1904();
        const { shared, headers } = read(collection, query, fields, headings, limit);
        return showTable(runtime, shared, headers, invocation);
      });
    },

    async pull(given, waiting) {
      dateSystem.refuse1904();
      const { shared, headers } = read(
        given.collection,
        given.query,
        given.fields,
        given.headers,
        given.limit,
      );
      return cellsOf(await engine.share(shared, waiting), headers, valueSettings.cellForm());
    },
  };
}

export const outcomeOf = ({ rowCount: rows, asOf, superseded, filteredHere }: QueryAnswer) => ({
  rows,
  asOf,
  superseded,
  filteredHere,
});

/**
 * The gateway may stop sending beyond this size. Cells may be much shorter than the JSON of the answer (a date of 27
 * characters is a serial of five), so the limit of Excel is checked again when the cells are made.
 */
export const maxAnswerChars = 5 * maxResultChars;

/** An answer with the cells made from it, for the calls that share it. */
export interface Pulled extends QueryAnswer {
  made?: Made;
}

interface Made {
  /** Made again when the settings change. */
  readonly form: CellForm;
  /** By kind of headings. An error is cached as well, because finding it takes as long. */
  readonly cells: (MeasuredCells | KalError | undefined)[];
}

function cellsOf(pulled: Pulled, headers: 0 | 1 | 2, form: CellForm): MeasuredCells {
  if (pulled.made?.form !== form) pulled.made = { form, cells: [] };
  const cells = (pulled.made.cells[headers] ??= tryCells(pulled, headers, form));
  if (cells instanceof KalError) throw cells;
  return cells;
}

function tryCells(answer: QueryAnswer, headers: 0 | 1 | 2, form: CellForm): MeasuredCells | KalError {
  try {
    return toCells(answer, headers, form);
  } catch (error) {
    return asKalError(error);
  }
}
