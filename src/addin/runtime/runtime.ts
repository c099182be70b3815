/**
 * The add-in's runtime: everything between the gateway and the custom functions, the ribbon and the pane. One object
 * holds all its state and creates its parts in the order of their dependencies.
 * @module
 */
import type { LookupAnswer } from "../../kalibrate/gateway-api.ts";
import { createSteadyClock } from "../../kalibrate/steady-clock.ts";
import type { Clock } from "./clock.ts";
import { createActivityLog } from "./activity/activity-log.ts";
import { createCommandOutcomes } from "./command-outcome.ts";
import { createConfirmation } from "./confirmation.ts";
import { createHost } from "./host.ts";
import { loadCode } from "./load-code.ts";
import { oneAtATime } from "./one-at-a-time.ts";
import { createPaneRequests } from "./pane-requests.ts";
import { createBatchWindow } from "./requests/batch-window.ts";
import { createFailedCalls } from "./requests/failed-calls.ts";
import { createDelivery } from "./requests/large-results.ts";
import type { CallLookup } from "./requests/lookup-batch.ts";
import { createLookups } from "./requests/lookups.ts";
import { createOpenCalls } from "./requests/open-calls.ts";
import { createQueryBatch } from "./requests/query-batch.ts";
import { createRequestEngine } from "./requests/request-engine.ts";
import { createSentAnswers } from "./requests/sent-answers.ts";
import { createGatewayClient } from "./session/gateway-client.ts";
import { createReachability } from "./session/reachability.ts";
import { createServiceClock } from "./session/service-clock.ts";
import { createSession } from "./session/session.ts";
import { createTablesLoader } from "./tables/load-tables.ts";
import { createAgreement } from "./workbook/agreements.ts";
import { createDataAsOf } from "./workbook/data-as-of.ts";
import { createDateSystem } from "./workbook/date-system.ts";
import { createPause } from "./workbook/pause.ts";
import { createRefresh } from "./workbook/load-refresh.ts";
import { createRefreshOnOpen } from "./workbook/refresh-on-open.ts";
import { createSchedule } from "./workbook/schedule.ts";
import { createValueSettings } from "./workbook/value-settings.ts";
import { watchForRecovery } from "./workbook/watch-for-recovery.ts";
import { createWorkbookSettings } from "./workbook/workbook-settings.ts";

export type Runtime = ReturnType<typeof createRuntime>;

function createSystemClock(): Clock {
  return {
    now: Date.now,
    steady: createSteadyClock(Date.now, () => performance.now()),
    after(ms, task) {
      const timer = setTimeout(task, ms);
      return () => clearTimeout(timer);
    },
    random: Math.random,
  };
}

/** Creates a runtime without starting it: it does not call Office, Excel or the gateway yet. */
export function createRuntime(clock: Clock = createSystemClock()) {
  const steadyTime = clock.steady;
  const batchWindow = createBatchWindow(steadyTime, clock.now);

  // Excel and the workbook.
  const host = createHost();
  const settings = createWorkbookSettings();
  const valueSettings = createValueSettings(host, settings);
  const dateSystem = createDateSystem();

  // The connection to the gateway.
  const reachability = createReachability();
  const serviceClock = createServiceClock(steadyTime);
  const gateway = createGatewayClient(reachability, serviceClock);
  const session = createSession(gateway, settings, clock);
  const activity = createActivityLog({
    now: clock.now,
    steady: steadyTime,
    serviceTimeAt: serviceClock.timeAt,
  });

  // The calls of cells.
  const engine = createRequestEngine(batchWindow.steadyTime);
  const callLookup: CallLookup = ({ operation, key, connection, collection, query }, body, signal) => {
    const subject = { key, operation, connection: connection.name, collection, query } as const;
    const call = { method: "POST", path: `/${operation}`, body, signal } as const;
    return activity.call(subject, () => session.callAs<LookupAnswer>(connection, call), lookupOutcome);
  };
  const askQuery = createQueryBatch(session, gateway, batchWindow.atEnd);
  const lookups = createLookups(engine, callLookup, batchWindow.atEnd);
  const failedCalls = createFailedCalls();
  const openCalls = createOpenCalls(steadyTime);
  const sentAnswers = createSentAnswers();
  const deliver = createDelivery();

  // Actions on all data.
  const failedTables = new Set<string>();
  const loadTables = createTablesLoader({
    session,
    gateway,
    engine,
    activity,
    dateSystem,
    valueSettings,
    failedTables,
  });
  const dataAsOf = createDataAsOf(settings, openCalls, clock.now);
  const refresh = createRefresh({
    session,
    engine,
    failedCalls,
    openCalls,
    dateSystem,
    dataAsOf,
    loadTables,
  });
  const pause = createPause(engine, refresh, activity);
  const agreeOnOpen = createAgreement("refreshOnOpen", session);
  const refreshOnOpen = createRefreshOnOpen(session, settings, agreeOnOpen, refresh);
  const agreement = createAgreement("schedule", session);
  const schedule = createSchedule({ clock, session, settings, agreement, pause, refresh, dataAsOf });
  const commandOutcomes = createCommandOutcomes();
  const paneRequests = createPaneRequests();
  const confirmation = createConfirmation();

  /** Each step runs separately: if one fails, the others still start. */
  const steps = [
    session.start,
    () => watchForRecovery(session, reachability, refresh),
    () => dataAsOf.onChange(oneAtATime(refresh.recalculateStatus)),
    refreshOnOpen.start,
    schedule.start,
    // In a chunk of its own: no cell waits for it.
    () =>
      void loadCode(() => import("./workbook/stale-functions.ts"))
        .then(({ followServedFunctions }) => followServedFunctions(settings))
        .catch(() => undefined),
  ];

  return {
    batchWindow,
    host,
    settings,
    valueSettings,
    dateSystem,
    reachability,
    session,
    activity,
    engine,
    askQuery,
    lookups,
    failedCalls,
    /** Whether there is something that `retryFailed` would try again, except errors saved by an earlier runtime. */
    hasFailed: () => failedCalls.areAny() || failedTables.size > 0,
    openCalls,
    sentAnswers,
    deliver,
    loadTables,
    ...refresh,
    pause,
    refreshOnOpen,
    schedule,
    dataAsOf,
    commandOutcomes,
    paneRequests,
    confirmation,
    /** The time in milliseconds since the epoch. */
    now: clock.now,
    /**
     * Starts to watch this computer and the network, and refreshes if the workbook is set to. Office must be ready.
     */
    start(): void {
      for (const step of steps) {
        try {
          step();
        } catch (error) {
          console.error(error);
        }
      }
    },
  };
}

const lookupOutcome = ({ results, asOf, superseded }: LookupAnswer) => ({
  rows: results.flat().length,
  asOf,
  superseded,
});
