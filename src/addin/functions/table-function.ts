/**
 * Functions that show a table which the service makes: KAL.QUERY, KAL.SUMMARY and KAL.MARKET.
 * @module
 */
import { KalError } from "../../kalibrate/errors.ts";
import type { QueryAnswer } from "../../kalibrate/gateway-api.ts";
import type { Table } from "../../kalibrate/table.ts";
import { asKalError } from "../runtime/as-kal-error.ts";
import { type Cell, type CellForm, type MeasuredCells, maxResultChars, toCells } from "../runtime/cells.ts";
import type { SharedRequest, Waiting } from "../runtime/requests/request-engine.ts";
import { requestKey } from "../runtime/requests/request-key.ts";
import type { Runtime } from "../runtime/runtime.ts";
import type { HeldConnection } from "../runtime/session/connection-store.ts";
import { readHeaders } from "./arguments.ts";
import type { ForExcel, Invocation } from "./call.ts";
import { readOnce } from "./read-once.ts";

/** The request that arguments describe. */
export interface AskedTable<Body extends object> {
  /** Name of the connection; undefined: the workbook's own. */
  readonly connection: string | undefined;
  /** For the request's key: equal requests have equal values. */
  readonly values: readonly unknown[];
  /** For the log of activity. */
  readonly about?: { readonly collection: string; readonly query: string | undefined };
  /** Made when the call starts; members without a value are not sent. */
  readonly body: () => { readonly [Name in keyof Body]: Body[Name] | undefined };
}

export interface TableFunction<Given> {
  readonly cells: (given: Given, invocation: Invocation) => Promise<Cell[][]>;
  /**
   * The cells for these arguments, for the pane that has just written the formula. Shares the cell's call.
   * @throws KalError
   */
  readonly pull: (given: Given, waiting: Waiting) => Promise<MeasuredCells & { readonly table: Table }>;
}

/**
 * @param names the parameters, in their order
 * @param ask reads arguments; called once for cells with equal ones
 */
export function createTableFunction<Name extends string, Body extends object>(
  runtime: Runtime,
  forExcel: ForExcel,
  operation: "query" | "summary" | "market",
  names: readonly (Name | "headers")[],
  ask: (given: Readonly<Record<Name, unknown>>, now: Date) => AskedTable<Body>,
): TableFunction<Readonly<Record<Name | "headers", unknown>>> {
  type Given = Readonly<Record<Name | "headers", unknown>>;
  const isBatched = operation === "query";
  const { activity, askQuery, batchWindow, dateSystem, deliver, engine, session, valueSettings } = runtime;

  const read = readOnce(
    batchWindow.wallTime,
    (...values: unknown[]) => {
      const given = Object.fromEntries(names.map((name, at) => [name, values[at]])) as Given;
      const asked = ask(given, new Date(batchWindow.wallTime()));
      const headers = readHeaders(given.headers);
      const connection = session.connectionFor(asked.connection);
      return { name: asked.connection, connection, headers, shared: requestOf(connection, asked) };
    },
    ({ name, connection }) => session.connectionFor(name) === connection,
  );

  function requestOf(
    connection: HeldConnection,
    { values, about, body }: AskedTable<Body>,
  ): SharedRequest<Pulled> {
    const key = requestKey(connection, operation, values);
    const subject = { key, operation, connection: connection.name, ...about };
    return {
      key,
      ticket: connection.ticket,
      start: ({ signal, maxAge }) => {
        const sent = { connection: connection.name, ...body(), maxAge };
        const call = { method: "POST", path: `/${operation}`, body: sent, signal } as const;
        const make = isBatched ? askQuery : session.callAs<Pulled>;
        return activity.call(subject, () => make(connection, call), outcomeOf);
      },
      isBatched,
      weigh: ({ columns, rows }) => rows.length * columns.length,
    };
  }

  function asked(given: Given) {
    dateSystem.refuse1904();
    return read(...names.map((name) => given[name]));
  }

  return {
    cells: (given, invocation) =>
      forExcel(invocation, given, (plain) => {
        const { shared, headers } = asked(withHeaders(plain, invocation, names.indexOf("headers")));
        return engine.share(shared, invocation).then((pulled) => {
          activity.answered(shared.key, invocation.address);
          const { cells, characters, datesArePlain } = cellsOf(pulled, headers, valueSettings.cellForm());
          if (datesArePlain) activity.noted("datesArePlain", invocation.address);
          return deliver(cells, characters);
        });
      }),

    async pull(given, waiting) {
      const { shared, headers } = asked(given);
      const table = await engine.share(shared, waiting);
      return { ...cellsOf(table, headers, valueSettings.cellForm()), table };
    },
  };
}

/**
 * An empty cell as `headers` counts as 0, as in Excel's own functions. It arrives as 0 on the desktop but as null on the
 * web, like an omitted argument (office-js 4702); only a reference has an address.
 * @param place index of `headers` among the parameters
 */
function withHeaders<Given extends { readonly headers: unknown }>(
  given: Given,
  { parameterAddresses }: Invocation,
  place: number,
): Given {
  return given.headers === null && parameterAddresses?.[place] ? { ...given, headers: 0 } : given;
}

const outcomeOf = ({ rowCount, asOf, superseded, sent, filteredHere, shared }: QueryAnswer) => ({
  rows: rowCount,
  asOf,
  superseded,
  sent,
  filteredHere,
  shared,
});

/**
 * The gateway may stop sending beyond this size. Cells may be much shorter than the JSON of the answer (a date of 27
 * characters is a serial of five), so the limit of Excel is checked again when the cells are made.
 */
export const maxAnswerChars = 5 * maxResultChars;

/** An answer with the cells made from it, for the calls that share it. */
interface Pulled extends QueryAnswer {
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
