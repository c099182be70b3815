/**
 * What has happened: the last calls with what came of them, failures of cells, commands that Excel refused. For the
 * pane and for support, so it holds names and numbers, never a ticket or a secret.
 *
 * Thousands of cells pass through here in one go, so noting one is a look into a map and into a set.
 * @module
 */
import { errorCatalogue, type KalError } from "../../../kalibrate/errors.ts";
import { asKalError } from "../as-kal-error.ts";
import { isAbort } from "../is-abort.ts";
import { createEmitter } from "../emitter.ts";

/** What was asked of the service. */
export type Operation =
  "query" | "lookup" | "as-of" | "summary" | "fields" | "collections" | "status" | "table";

/** What a call asks for. */
export interface CallSubject {
  /** Equal requests have equal keys; cells are counted by it. */
  readonly key: string;
  readonly operation: Operation;
  /** Name of the connection. */
  readonly connection: string;
  readonly collection?: string | undefined;
  readonly query?: string | undefined;
}

/** What an answer tells of itself. */
export interface CallOutcome {
  readonly rows?: number;
  /** ISO date-time (UTC) of its oldest data; left out where it is from now. */
  readonly asOf?: string;
  /** Records that were left out because the answer has a newer version of them. */
  readonly superseded?: number | undefined;
  /** The filters that the service applied because the Data API cannot. */
  readonly filteredHere?: string | undefined;
}

export type ActivityState = "running" | "done" | "failed" | "cancelled";

/** One line of the log: a call, or (without a subject) what went wrong in cells or with a command before any call. */
export interface Activity {
  readonly id: number;
  /** Milliseconds since the epoch; of a failure that cells share, the latest. */
  readonly at: number;
  /** The same moment by the steady clock. */
  readonly steadyAt: number;
  readonly state: ActivityState;
  readonly subject: CallSubject | undefined;
  /** Of a command, its name on the ribbon in code: `refreshSheet`. */
  readonly command: string | undefined;
  /** Milliseconds; undefined while it runs. */
  readonly duration: number | undefined;
  readonly outcome: CallOutcome;
  /** Whether the service answered from its memory. */
  readonly isFromCache: boolean;
  readonly error: KalError | undefined;
  /** Something to know that is no failure. */
  readonly note: ActivityNote | undefined;
  /** Cells that had this answer or failure, as far as Excel tells their addresses. */
  readonly addresses: ReadonlySet<string>;
  /** All of them. */
  readonly cells: number;
}

export type ActivityNote = "datesArePlain";

/** Since the start or the last clearing. */
export interface ActivityTotals {
  readonly calls: number;
  /** Cells that were answered without a call of their own. */
  readonly saved: number;
}

export interface ActivityLog {
  /** Makes a call and notes what comes of it. */
  readonly call: <Answer>(
    subject: CallSubject,
    make: () => Promise<Answer>,
    tell?: (answer: Answer) => CallOutcome,
  ) => Promise<Answer>;
  /** A cell has its answer from the latest call with this key, or from memory of it. */
  readonly answered: (key: string, address: string | undefined) => void;
  /** A cell has failed: with a call, or before any. */
  readonly failed: (error: unknown, address: string | undefined) => void;
  /** Something about a cell's values. */
  readonly noted: (note: ActivityNote, address: string | undefined) => void;
  /** A command of the ribbon was refused. */
  readonly refused: (command: string, error: KalError) => void;
  /** Newest first. */
  readonly list: () => readonly Activity[];
  readonly totals: () => ActivityTotals;
  readonly clear: () => void;
  /** Calls back after changes, once for all that one task makes. @returns a function that ends it. */
  readonly onChange: (listener: () => void) => () => void;
}

/** Entries that are kept, and how many of them may be failures of cells: their texts may differ from cell to cell. */
const maxEntries = 200;
const maxCellFailures = 50;

/** Addresses that are kept, all told: those of the oldest entries are forgotten first, their number is not. */
const maxAddresses = 50_000;

/** An activity as it comes to be. */
interface Entry extends Mutable<Activity> {
  readonly addresses: Set<string>;
  /** Cells without an address, or beyond what is kept. */
  others: number;
  /** False once it has left the log; a call may still be running then. */
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
  /** The service's time, in milliseconds since the epoch, at a moment of the steady clock. */
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
  /** Calls that brought one of them. */
  let brought = 0;
  const latestByKey = new Map<string, Entry>();
  /** Failures of cells that are listed, by what they say. */
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
    if (entries.length > maxEntries) forget(entries[0]!);
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

  /** One entry for all cells of which the same is to be said; the latest stands on top. */
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
    if (cellFailures.size > maxCellFailures) forget(cellFailures.values().next().value!);
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
      // A failure that stands for a while is thrown anew, with the first as its cause.
      const cause = known.cause instanceof Error ? entryOfError.get(known.cause) : undefined;
      const entry = entryOfError.get(known) ?? cause;
      if (entry?.isListed) return touch(entry, address);
      // That no record matches is said with other words in every cell.
      const isMiss = errorCatalogue[known.code].excel === "#N/A";
      const text = isMiss ? known.code : `${known.code} ${known.message}`;
      touch(
        shared(text, (entry) => Object.assign(entry, { state: isMiss ? "done" : "failed", error: known })),
        address,
      );
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

/** Clocks of service and computer are compared to the second, and a second is what a call takes to begin. */
const toleranceMs = 2000;

/** @param calledAt the service's time of the call */
function isOlder(asOf: string | undefined, calledAt: number): boolean {
  return asOf !== undefined && Date.parse(asOf) < calledAt - toleranceMs;
}
