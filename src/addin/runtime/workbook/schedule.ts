/**
 * Refreshes at a fixed interval. The interval is saved in the workbook, but each person must switch the schedule on
 * for their own computer: if several people have the workbook open, not everybody should rewrite its tables.
 * @module
 */
import type { KalError } from "../../../kalibrate/errors.ts";
import type { Clock } from "../clock.ts";
import { createEmitter } from "../emitter.ts";
import type { Session } from "../session/session.ts";
import type { Agreement } from "./agreements.ts";
import type { DataAsOf } from "./data-as-of.ts";
import { asRefusal } from "./excel-refusal.ts";
import type { Pause } from "./pause.ts";
import type { Refresh } from "./refresh.ts";
import type { WorkbookSettings } from "./workbook-settings.ts";

/** Minutes between two refreshes; 0 is off. */
export const scheduleChoices = [0, 5, 15, 30, 60] as const;
export type ScheduleMinutes = (typeof scheduleChoices)[number];

const settingKey = "KAL.refreshEvery";

/** After this many failures in a row it stops until a person acts. */
const maxFailures = 3;

/**
 * Random shortening of the interval, up to this share, so that a company's workbooks do not send requests at the same
 * moment. Never longer: people rely on data that is no older than they chose.
 */
const spread = 0.1;

export interface ScheduleState {
  /** The interval on this computer: 0 if only somebody else has switched it on. */
  readonly minutes: ScheduleMinutes;
  /** The interval saved in the workbook. */
  readonly inWorkbook: ScheduleMinutes;
  /** Milliseconds since the epoch; undefined if no refresh is planned. */
  readonly nextAt: number | undefined;
  /** The last scheduled refresh in this runtime. */
  readonly last: { readonly at: number; readonly error: KalError | undefined } | undefined;
  readonly isRunning: boolean;
  /** Whether it has stopped after failures. */
  readonly isWaiting: boolean;
}

export interface Schedule {
  readonly state: () => ScheduleState;
  /** Sets the interval for this workbook and this computer. Starts again if it had stopped. */
  readonly choose: (minutes: ScheduleMinutes) => void;
  readonly start: () => void;
  /** Calls back when the state changes. @returns a function that stops this */
  readonly onChange: (listener: () => void) => () => void;
}

export interface ScheduleParts {
  readonly clock: Clock;
  readonly session: Session;
  readonly settings: WorkbookSettings;
  readonly agreement: Agreement;
  readonly pause: Pick<Pause, "isPaused" | "onChange">;
  readonly refresh: Refresh;
  readonly dataAsOf: Pick<DataAsOf, "onChange">;
}

export function createSchedule(parts: ScheduleParts): Schedule {
  const { clock, session, settings, agreement, pause, refresh, dataAsOf } = parts;
  const changes = createEmitter();
  let planned: ScheduleMinutes = 0;
  let cancel: (() => void) | undefined;
  let nextAt: number | undefined;
  let isDue = false;
  let isRunning = false;
  let failures = 0;
  let last: ScheduleState["last"];

  const inWorkbook = (): ScheduleMinutes =>
    scheduleChoices.find((minutes) => minutes === settings.read(settingKey)) ?? 0;
  const minutes = (): ScheduleMinutes => (agreement.isGiven() ? inWorkbook() : 0);
  const isWaiting = () => failures >= maxFailures;

  function plan(): void {
    cancel?.();
    cancel = undefined;
    nextAt = undefined;
    isDue = false;
    planned = minutes();
    if (planned > 0 && !isWaiting()) {
      const delay = planned * 60_000 * (1 - spread * clock.random());
      nextAt = clock.now() + delay;
      cancel = clock.after(delay, () => {
        isDue = true;
        runIfPossible();
      });
    }
    changes.emit();
  }

  /**
   * Excel delays it while somebody edits a cell (`delayForCellEdit`); we delay it during a pause and without a
   * connection.
   */
  function runIfPossible(): void {
    if (isDue && !isRunning && session.current() && !pause.isPaused()) void run();
  }

  async function run(): Promise<void> {
    isRunning = true;
    changes.emit();
    const error = await refreshAll();
    isRunning = false;
    last = { at: clock.now(), error };
    failures = error ? failures + 1 : 0;
    plan();
  }

  /** @returns the error of the refresh, if any */
  async function refreshAll(): Promise<KalError | undefined> {
    try {
      const { tables, done, outcome } = await refresh.refresh("workbook");
      for (const table of tables) if ("error" in table) return table.error;
      // If Excel does not call every function again, the next refresh does not wait for this one.
      await Promise.race([done, new Promise<void>((resolve) => clock.after(planned * 60_000, resolve))]);
      return outcome().error;
    } catch (error) {
      return asRefusal(error);
    }
  }

  /** The connection may have changed, and agreements are per connection. */
  function follow(): void {
    if (minutes() !== planned) plan();
    else runIfPossible();
  }

  return {
    state: () => ({
      minutes: minutes(),
      inWorkbook: inWorkbook(),
      nextAt,
      last,
      isRunning,
      isWaiting: isWaiting() && minutes() > 0,
    }),
    choose(chosen) {
      settings.write({ [settingKey]: chosen });
      agreement.remember(chosen > 0);
      failures = 0;
      plan();
    },
    start() {
      session.onChange(follow);
      pause.onChange(runIfPossible);
      // A person has refreshed everything successfully.
      dataAsOf.onChange(() => {
        if (!isWaiting()) return;
        failures = 0;
        plan();
      });
      plan();
    },
    onChange: changes.on,
  };
}
