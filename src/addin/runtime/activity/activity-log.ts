/**
 * Logs what the runtime did: the last calls with their results, failures of cells, commands that Excel refused. It is
 * shown in the pane and sent to support, so it contains names and numbers, never a ticket or a secret.
 *
 * Thousands of cells are logged at once, so logging one must only take a map and a set operation.
 * @module
 */
import { errorCatalogue, type KalError } from "../../../kalibrate/errors.ts";
import type { QueryAnswer } from "../../../kalibrate/gateway-api.ts";
import { asKalError } from "../as-kal-error.ts";
import { isAbort } from "../is-abort.ts";
import { createEmitter } from "../emitter.ts";

/** The kinds of request to the service. */
export type Operation =
  "query" | "lookup" | "as-of" | "summary" | "market" | "fields" | "collections" | "status" | "table";

/** The request of a call. */
export interface CallSubject {
  /** Equal requests have equal keys; cells are counted by key. */
  readonly key: string;
  readonly operation: Operation;
  /** Name of the connection. */
  readonly connection: string;
  readonly collection?: string | undefined;
  readonly query?: string | undefined;
}

/** Facts about an answer. */
export interface CallOutcome {
  readonly rows?: number;
  /** ISO date-time (UTC) of its oldest data; absent if the data is current. */
  readonly asOf?: string;
  /** Number of records left out because the answer has a newer version of them. */
  readonly superseded?: number | undefined;
  /** The filters that the service applied because the Data API cannot. */
  readonly filteredHere?: string | undefined;
  /** What it sent to the Data API, where that is not the query. */
  readonly sent?: string | undefined;
  /** Whose pull it was, if not this call's; see QueryAnswer. */
  readonly shared?: QueryAnswer["shared"];
}

/** `waiting`: cells that were not called for, because data is paused. */
export type ActivityState = "running" | "waiting" | "done" | "failed" | "cancelled";

/** One entry of the log: a call, or (without a subject) a problem in cells or with a command before any call. */
export interface Activity {
  readonly id: number;
  /** Milliseconds since the epoch; for a failure shared by cells, the latest. */
  readonly at: number;
  /** The same moment on the steady clock. */
  readonly steadyAt: number;
  readonly state: ActivityState;
  readonly subject: CallSubject | undefined;
  /** The code name of a ribbon command: `refreshSheet`. */
  readonly command: string | undefined;
  /** Milliseconds; undefined while the call runs. */
  readonly duration: number | undefined;
  readonly outcome: CallOutcome;
  /** Whether the service answered from its cache. */
  readonly isFromCache: boolean;
  readonly error: KalError | undefined;
  /** Information that is not a failure. */
  readonly note: ActivityNote | undefined;
  /** Cells with this answer or failure, if Excel provides their addresses. */
  readonly addresses: ReadonlySet<string>;
  /** Number of all such cells. */
  readonly cells: number;
}

export type ActivityNote = "datesArePlain";

/** Counted since the start or the last clearing. */
export interface ActivityTotals {
  readonly calls: number;
  /** Cells answered without a call of their own. */
  readonly saved: number;
}

export interface ActivityLog {
  /** Makes a call and logs its result. */
  readonly call: <Answer>(
    subject: CallSubject,
    make: () => Promise<Answer>,
    tell?: (answer: Answer) => CallOutcome,
  ) => Promise<Answer>;
  /** A cell got its answer from the latest call with this key, or from the cache. */
  readonly answered: (key: string, address: string | undefined) => void;
  /** A cell has failed, with or without a call. */
  readonly failed: (error: unknown, address: string | undefined) => void;
  /** No cell waits any more: data is no longer paused. */
  readonly resumed: () => void;
  /** Logs a note about a cell's values. */
  readonly noted: (note: ActivityNote, address: string | undefined) => void;
  /** Excel refused a ribbon command. */
  readonly refused: (command: string, error: KalError) => void;
  /** Newest first. */
  readonly list: () => readonly Activity[];
  readonly totals: () => ActivityTotals;
  readonly clear: () => void;
  /** Calls back after changes, once for all changes of one task. @returns a function that stops this. */
  readonly onChange: (listener: () => void) => () => void;
}

/** Maximum entries, and how many of them may be failures of cells, whose texts may differ from cell to cell. */
const maxEntries = 200;
const maxCellFailures = 50;

/** Maximum addresses in all entries. Beyond it the oldest entries lose their addresses but keep their count. */
const maxAddresses = 50_000;

/** An entry that may still change. */
interface Entry extends Mutable<Activity> {
  readonly addresses: Set<string>;
  /** Number of cells without an address or beyond the limit. */
  others: number;
  /** False once it has left the log; its call may still be running. */
  isListed: boolean;
}

type Mutable<Type> = { -readonly [Name in keyof Type]: Type[Name] };

function createEntry(id: number, time: Pick<Activity, "at" | "steadyAt">, subject?: CallSubject): Entry {
  const addresses = new Set<string>();
  return {
    id,
    ...time,
    state: "running",
    subject,
    command: undefined,
    duration: undefined,
    outcome: {},
    isFromCache: false,
    error: undefined,
    note: undefined,
    addresses,
    others: 0,
    isListed: true,
    get cells() {
      return this.addresses.size + this.others;
    },
  };
}

export interface ActivityClocks {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly steady: () => number;
  /** The service's time at a moment of the steady clock, in milliseconds since the epoch. */
  readonly serviceTimeAt: (moment: number) => number;
}

export function createActivityLog({ now, steady, serviceTimeAt }: ActivityClocks): ActivityLog {
  const time = () => ({ at: now(), steadyAt: steady() });
  /** Oldest first. */
  let entries: Entry[] = [];
  let addresses = 0;
  let lastId = 0;
  let calls = 0;
  let answers = 0;
  /** Number of calls that returned an answer. */
  let brought = 0;
  const latestByKey = new Map<string, Entry>();
  /** Listed failures of cells, by their text. */
  const cellFailures = new Map<string, Entry>();
  const entryOfError = new WeakMap<object, Entry>();
  const changes = createEmitter();
  let isTelling = false;

  function changed(): void {
    if (isTelling) return;
    isTelling = true;
    queueMicrotask(() => {
      isTelling = false;
      changes.emit();
    });
  }

  function add(subject?: CallSubject): Entry {
    const entry = createEntry(++lastId, time(), subject);
    entries.push(entry);
    const [oldest] = entries;
    if (oldest && entries.length > maxEntries) forget(oldest);
    for (const old of entries) {
      if (addresses < maxAddresses) break;
      dropAddresses(old);
    }
    return entry;
  }

  function dropAddresses(entry: Entry): void {
    addresses -= entry.addresses.size;
    entry.others += entry.addresses.size;
    entry.addresses.clear();
  }

  function forget(entry: Entry): void {
    entries.splice(entries.indexOf(entry), 1);
    entry.isListed = false;
    dropAddresses(entry);
    if (entry.subject && latestByKey.get(entry.subject.key) === entry) latestByKey.delete(entry.subject.key);
    for (const [text, one] of cellFailures) if (one === entry) cellFailures.delete(text);
  }

  function touch(entry: Entry, address: string | undefined): void {
    if (address === undefined || addresses >= maxAddresses) entry.others += 1;
    else if (!entry.addresses.has(address)) {
      entry.addresses.add(address);
      addresses += 1;
    }
    changed();
  }

  /** One entry for all cells with the same text; it moves to the top. */
  function shared(text: string, make: (entry: Entry) => void): Entry {
    const known = cellFailures.get(text);
    const entry = known ?? add();
    make(entry);
    Object.assign(entry, time());
    if (known) {
      if (entries.at(-1) !== known) entries = [...entries.filter((entry) => entry !== known), known];
      return entry;
    }
    cellFailures.set(text, entry);
    const [oldest] = cellFailures.values();
    if (oldest && cellFailures.size > maxCellFailures) forget(oldest);
    return entry;
  }

  return {
    async call(subject, make, tell) {
      const entry = add(subject);
      latestByKey.set(subject.key, entry);
      calls += 1;
      changed();
      try {
        const answer = await make();
        entry.state = "done";
        brought += 1;
        entry.outcome = tell?.(answer) ?? {};
        entry.isFromCache = isOlder(entry.outcome.asOf, serviceTimeAt(entry.steadyAt));
        return answer;
      } catch (error) {
        if (isAbort(error)) entry.state = "cancelled";
        else {
          entry.state = "failed";
          entry.error = asKalError(error);
          if (error instanceof Error) entryOfError.set(error, entry);
        }
        throw error;
      } finally {
        entry.duration = Math.round(steady() - entry.steadyAt);
        changed();
      }
    },

    answered(key, address) {
      answers += 1;
      const entry = latestByKey.get(key);
      if (entry) touch(entry, address);
      else changed();
    },

    failed(error, address) {
      const known = asKalError(error);
      // A cached failure is thrown as a new error, with the first one as its cause.
      const cause = known.cause instanceof Error ? entryOfError.get(known.cause) : undefined;
      const entry = entryOfError.get(known) ?? cause;
      if (entry?.isListed) return touch(entry, address);
      // “No match” errors have a different text in every cell.
      const isMiss = errorCatalogue[known.code].excel === "#N/A";
      const text = isMiss ? known.code : `${known.code} ${known.message}`;
      const state = isMiss ? "done" : known.code === "KAL_PAUSED" ? "waiting" : "failed";
      touch(
        shared(text, (entry) => Object.assign(entry, { state, error: known })),
        address,
      );
    },

    resumed() {
      for (const entry of cellFailures.values()) if (entry.state === "waiting") forget(entry);
      changed();
    },

    noted(note, address) {
      touch(
        shared(note, (entry) => Object.assign(entry, { state: "done", note })),
        address,
      );
    },

    refused(command, error) {
      Object.assign(add(), { state: "failed", command, error });
      changed();
    },

    list: () => [...entries].reverse(),
    totals: () => ({ calls, saved: Math.max(0, answers - brought) }),
    clear() {
      for (const entry of entries) entry.isListed = false;
      entries = [];
      latestByKey.clear();
      cellFailures.clear();
      addresses = 0;
      calls = 0;
      answers = 0;
      brought = 0;
      changed();
    },
    onChange: changes.on,
  };
}

/** The clocks of service and computer are compared with whole seconds, and a call may take a second to start. */
const toleranceMs = 2000;

/** @param calledAt time of the call by the service's clock */
function isOlder(asOf: string | undefined, calledAt: number): boolean {
  return asOf !== undefined && Date.parse(asOf) < calledAt - toleranceMs;
}
