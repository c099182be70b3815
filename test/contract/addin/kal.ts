/**
 * Opens the built add-in in an emulated Excel with the real office.js; its service is a real gateway with the
 * simulator.
 * @module
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { onTestFinished } from "vitest";
import { startGateway } from "../../../src/gateway/main.ts";
import { type ConnectAnswer, requestHeader } from "../../../src/kalibrate/gateway-api.ts";
import type { Simulator } from "../../../src/simulator/simulator.ts";
import { behavioursWith, type HostBehaviours } from "../../../src/workbench/excel-host/behaviours.ts";
import type { CellResult } from "../../../src/workbench/excel-host/cells.ts";
import type { FunctionsMetadata } from "../../../src/workbench/excel-host/functions-metadata.ts";
import { createExcelHost, type ExcelHost } from "../../../src/workbench/excel-host/host.ts";
import type { HostAccount } from "../../../src/workbench/excel-host/nested-app-auth.ts";
import type { SpreadsheetModel } from "../../../src/workbench/excel-host/model.ts";
import { type AddinPage, openAddinPage } from "../../../src/workbench/excel-host/node/addin-page.ts";
import type { Clock } from "../../../src/workbench/excel-host/node/page-tasks.ts";
import { createMemoryStorage } from "../../../src/workbench/excel-host/node/memory-storage.ts";
import type { RequirementSets } from "../../../src/workbench/excel-host/requirement-sets.ts";
import { createMemoryWorkbook, type Workbook } from "../../../src/workbench/excel-host/workbook.ts";
import { type SharedSimulatorOptions, takeSimulator } from "../../support/simulators.ts";

const root = path.resolve(import.meta.dirname, "../../..");
export const addinFolder = path.join(root, "dist/addin");
const officeJsFolder = path.join(root, "node_modules/@microsoft/office-js/dist");

export const metadata = JSON.parse(
  readFileSync(path.join(addinFolder, "functions.json"), "utf8"),
) as FunctionsMetadata;

export interface Service {
  readonly origin: string;
  readonly simulator: Simulator;
  /** The lines of the gateway's log. */
  readonly log: () => readonly string[];
  readonly connect: (body: object) => Promise<ConnectAnswer>;
  readonly stop: () => Promise<void>;
  /** What its page says of how people sign in. */
  readonly signIn?: string;
}

/** Starts a gateway for the file's simulator; the gateway stops with the test. */
export async function startService(options: SharedSimulatorOptions = {}): Promise<Service> {
  const { simulator, giveBack } = await takeSimulator({ ownSites: 30, ...options });
  const { environment } = simulator;
  const lines: string[] = [];
  const gateway = await startGateway({
    environment: { KAL_PORT: "0" },
    sampleEnvironment: environment,
    addinFolder,
    log: { write: (line) => lines.push(line) },
  });
  let running = true;
  const stop = async () => {
    if (running) await gateway.close();
    running = false;
  };
  onTestFinished(async () => {
    await stop();
    giveBack();
  });
  // Ignores late requests of the last test's gateway.
  simulator.clearRequests();
  const { origin } = new URL(gateway.url);
  const connect = async (body: object) => {
    const response = await fetch(`${origin}/api/v1/session`, {
      method: "POST",
      headers: { "Content-Type": "application/json", [requestHeader.name]: requestHeader.value },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(await response.text());
    return (await response.json()) as ConnectAnswer;
  };
  return { origin, simulator, log: () => lines, connect, stop };
}

export interface ExcelOptions {
  readonly service: Service;
  /** Connections that this computer holds, the latest last; sample data where left out. */
  readonly connections?: readonly ConnectAnswer[];
  readonly requirementSets?: RequirementSets;
  /** What this Excel does otherwise than most. */
  readonly behaviours?: Partial<HostBehaviours>;
  readonly workbook?: Workbook;
  readonly spreadsheet?: SpreadsheetModel;
  /** The page's scripts: files, or code; the built functions where left out. */
  readonly scripts?: Parameters<typeof openAddinPage>[0]["scripts"];
  /** What the page's requests go through, except for its chunks; Node's own where left out. */
  readonly fetch?: typeof fetch;
  /** The page's time; Node's own where left out. */
  readonly clock?: Clock;
  /** The functions.json that Excel knows; the built one where left out. */
  readonly functions?: FunctionsMetadata;
  /** Called before Excel carries out a request of the page. */
  readonly onRequest?: () => void;
  /** The computer's storage, shared by all its workbooks; of its own where left out. */
  readonly storage?: Storage;
  /** The account that somebody is signed in to Excel with. */
  readonly account?: HostAccount;
}

export type FunctionId =
  "QUERY" | "LOOKUP" | "ASOF" | "SUMMARY" | "MARKET" | "FIELDS" | "COLLECTIONS" | "STATUS";

export interface Excel {
  readonly host: ExcelHost;
  readonly workbook: Workbook;
  readonly storage: Storage;
  readonly page: AddinPage;
  /** Whether the add-in has asked Excel to show its pane. */
  readonly isPaneShown: () => boolean;
  /** Calls a function and waits for its cells. */
  readonly call: (functionId: FunctionId, ...args: unknown[]) => Promise<CellResult>;
}

/** Where this computer's connections are stored. */
export const storedConnections = "kal.connections";

/** Connections as they are stored. */
export function storedFrom(connections: readonly ConnectAnswer[]): string {
  return JSON.stringify(
    connections.map(({ connection, ticket, expiresAt }) => ({ ...connection, ticket, expiresAt })),
  );
}

/** What the add-in loads of itself comes from its folder, whatever a test answers. */
function withChunks(answer: typeof fetch, origin: string): typeof fetch {
  return async (address, init) => {
    const { pathname } = new URL(address instanceof Request ? address.url : address, origin);
    if (!pathname.startsWith("/chunks/") && pathname !== "/functions.json") return answer(address, init);
    return new Response(readFileSync(path.join(addinFolder, pathname)));
  };
}

/** Opens a workbook with the add-in in it; it is closed when the test is over. */
export async function openExcel(
  options: ExcelOptions,
  behaviours = behavioursWith(options.behaviours),
): Promise<Excel> {
  const { service, requirementSets, spreadsheet, workbook = createMemoryWorkbook() } = options;
  const { scripts = [path.join(addinFolder, "functions.js")] } = options;
  const connections = options.connections ?? [await service.connect({ environment: "sample" })];
  const { storage = createMemoryStorage() } = options;
  storage.setItem(storedConnections, storedFrom(connections));
  let paneShown = false;
  const host = createExcelHost({
    functions: options.functions ?? metadata,
    workbook,
    onPaneVisibility: (visible) => void (paneShown = visible),
    ...(requirementSets && { requirementSets }),
    behaviours,
    ...(options.account && { account: options.account }),
    ...(options.onRequest && { onRequest: options.onRequest }),
    ...(options.clock && { later: (task, ms) => void options.clock!.setTimeout(task, ms) }),
    ...(spreadsheet && { spreadsheet }),
  });
  const errors: unknown[] = [];
  const page = openAddinPage({
    host,
    officeJsFolder,
    scripts,
    origin: service.origin,
    ...(options.fetch && { fetch: withChunks(options.fetch, service.origin) }),
    ...(options.clock && { clock: options.clock }),
    localStorage: storage,
    ...(service.signIn !== undefined && { signIn: service.signIn }),
    onError: (error) => errors.push(error),
  });
  onTestFinished(() => {
    page.close();
    if (errors.length > 0) throw new Error("The add-in's page threw.", { cause: errors[0] });
  });
  return {
    host,
    workbook,
    storage,
    page,
    isPaneShown: () => paneShown,
    call: (functionId, ...args) => host.invoke({ functionId, args: args as never }).result,
  };
}

/** Cells as plain values: errors as their text, dates as their serials. */
export function valuesOf(cells: CellResult): unknown[][] {
  return cells.map((row) =>
    row.map((cell) => ("error" in cell ? `${cell.error} ${cell.message ?? ""}` : cell.value)),
  );
}

/** The text of the single error that the cells are. */
export function errorOf(cells: CellResult): string {
  return String(valuesOf(cells)[0]?.[0]);
}

/** Requests for data (not tokens, not status) that reached the Data API. */
export function dataRequests({ simulator }: Service): string[] {
  return simulator.requests
    .filter(({ kind, path: asked }) => kind === "data" && !asked.endsWith("/status"))
    .map(({ path: asked, query }) => `${asked}?${query ?? ""}`);
}
