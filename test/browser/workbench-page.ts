/**
 * The workbench open in a browser, with the real gateway and the simulator behind it.
 * @module
 */
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { Writable } from "node:stream";
import { expect } from "vitest";
import type { Browser, FrameLocator, Page } from "playwright-core";
import { startGateway } from "../../src/gateway/main.ts";
import { type Simulator, startSimulator } from "../../src/simulator/simulator.ts";
import { openPage } from "./open-page.ts";
import { environmentsOf } from "./pane-service.ts";
import type { SpreadsheetModel } from "../../src/workbench/excel-host/model.ts";
import { startWorkbench } from "../../src/workbench/server/workbench-server.ts";

const root = path.join(import.meta.dirname, "../..");
const pageFolder = path.join(root, "dist/workbench/page");

export interface WorkbenchService {
  readonly url: string;
  readonly simulator: Simulator;
  /** As when the service dies. */
  stopGateway(): Promise<void>;
  /** Again, on the same port and with the sessions that there were. */
  startGateway(): Promise<void>;
  close(): Promise<void>;
}

/** Starts all three on free ports. Add-in and workbench must have been built. */
export async function startWorkbenchService(
  options: Parameters<typeof startSimulator>[0],
): Promise<WorkbenchService> {
  if (!existsSync(path.join(pageFolder, "workbench.html"))) {
    throw new Error("The workbench is not built: npx webpack --mode production --config-name workbench");
  }
  const simulator = await startSimulator(options);
  const folder = await mkdtemp(path.join(os.tmpdir(), "kal-workbench-"));
  const configuration = path.join(folder, "kal.json");
  await writeFile(configuration, JSON.stringify({ environments: environmentsOf(simulator) }));
  let gateway: Gateway | undefined;
  let port = 0;
  let origin = "";
  const startInner = async () => {
    gateway = await startGateway({
      environment: {
        KAL_PORT: String(port),
        KAL_BIND: "127.0.0.1",
        KAL_ORIGIN: origin,
        KAL_OFFICE_JS: path.join(root, "node_modules/@microsoft/office-js/dist"),
        KAL_SESSION_FILE: path.join(folder, "sessions.json"),
        KAL_CONFIG: configuration,
        KAL_ALLOW_LOOPBACK: "1",
      },
      addinFolder: path.join(root, "dist/addin"),
      sampleEnvironment: simulator.environment,
      log: new Writable({ write: (_chunk, _encoding, done) => done() }),
    });
    port = gateway.port;
  };
  const stopGateway = async () => {
    await gateway?.close();
    gateway = undefined;
  };
  const workbench = await startWorkbench({
    port: 0,
    pageFolder,
    startGateway: async (own) => {
      origin = own;
      await startInner();
      return { port, close: stopGateway };
    },
  });
  return {
    url: workbench.url,
    simulator,
    stopGateway,
    startGateway: startInner,
    async close() {
      await workbench.close();
      await simulator.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

type Gateway = Awaited<ReturnType<typeof startGateway>>;

export interface OpenWorkbench {
  readonly page: Page;
  readonly pane: FrameLocator;
  /** What should not have happened: exceptions, errors on the console, requests to others. */
  readonly complaints: readonly string[];
  /** Selects a cell as a person does by the name box. */
  goTo(address: string): Promise<void>;
  /** Types into a cell and confirms with Enter. */
  enter(address: string, content: string): Promise<void>;
  /** Chooses from the File menu. */
  choose(item: string): Promise<void>;
  /** What a cell holds, spilled ones too; row and column count from 0. */
  cell(row: number, column: number): Promise<unknown>;
  /** What stands in it: the formula where there is one. */
  formula(row: number, column: number): Promise<unknown>;
  /** The values of an area. */
  values(row: number, column: number, rows: number, columns: number): Promise<unknown[][]>;
  texts(row: number, column: number, rows: number, columns: number): Promise<string[][]>;
  close(): Promise<void>;
}

/** Of an address with one letter; rows and columns count from 0. */
function placeOf(address: string) {
  const [, letter = "", digits = ""] = /^([A-Z])(\d+)/.exec(address) ?? [];
  return { row: Number(digits) - 1, column: letter.charCodeAt(0) - 65 };
}

/** Of the window, in pixels. */
export const viewport = { width: 1440, height: 860 };

export interface WorkbenchLook {
  /** The sample calculates three hundred lookups and queries; where left out, the workbook is empty. */
  readonly workbook?: "new" | "sample";
  readonly colourScheme?: "light" | "dark";
}

/** Opens it in a fresh profile, on the empty sheet. */
export async function openWorkbench(
  browser: Browser,
  url: string,
  { workbook = "new", colourScheme = "light" }: WorkbenchLook = {},
): Promise<OpenWorkbench> {
  const { page, close } = await openPage(browser, { viewport, colorScheme: colourScheme });
  const workbench = { ...watchWorkbench(page, url), close };
  // The sample is the first visit's workbook.
  await page.goto(workbook === "sample" ? url : `${url}/workbench/?new`);
  await workbench.pane.getByRole("heading", { name: "Sample data" }).waitFor();
  await page.getByText("Sheet1").click();
  await workbench.goTo("A1");
  return workbench;
}

/** Drives the workbench in a window that opens it, or will. */
export function watchWorkbench(page: Page, url: string): OpenWorkbench {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error.stack ?? error)));
  page.on("console", (message) => {
    const text = message.text();
    if (message.type() === "error" && !text.includes("Failed to load resource")) complaints.push(text);
  });
  // What a page asks for and the server does not have; the API says by 404 what a person has asked for in vain.
  page.on("response", (response) => {
    if (response.status() === 404 && !response.url().includes("/api/"))
      complaints.push(`404 ${response.url()}`);
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(`${url}/`) && !/^(data|blob):/.test(request.url())) {
      complaints.push(`request to ${request.url()}`);
    }
  });

  const read = (
    kind: "value" | "text" | "formula",
    row: number,
    column: number,
    rows: number,
    columns: number,
  ) =>
    page.evaluate(
      ([key, area]) => {
        const { spreadsheet } = (window as unknown as { workbench: { spreadsheet: SpreadsheetModel } })
          .workbench;
        const cells = spreadsheet.read({ ...area, sheetId: spreadsheet.activeSheetId() });
        return cells.map((line) => line.map((cell) => cell[key]));
      },
      [kind, { row, column, rows, columns }] as const,
    );

  /** Writes into the name box. @returns whether the cell is selected then, and the keyboard with it. */
  const nameCell = async (address: string): Promise<boolean> => {
    const nameBox = page.locator('[data-u-comp="defined-name"] input');
    await nameBox.fill(address);
    await nameBox.press("Enter");
    // What is typed before the grid has the keyboard again is lost.
    await page.locator('[data-u-comp="editor"]:focus').waitFor({ state: "attached" });
    // Nor may it go into the cell that was selected before.
    const isSelected = page.waitForFunction(
      ({ row, column }) => {
        const { spreadsheet } = (window as unknown as { workbench: { spreadsheet: SpreadsheetModel } })
          .workbench;
        const selection = spreadsheet.selection();
        return selection.row === row && selection.column === column;
      },
      placeOf(address),
      { timeout: 3000 },
    );
    return isSelected.then(
      () => true,
      () => false,
    );
  };

  /** The name box takes its old text back when the selection moves meanwhile; a person would write again. */
  const goTo = async (address: string) => {
    for (let tries = 1; !(await nameCell(address)); tries++) {
      if (tries === 10) throw new Error(`${address} is not selected`);
    }
  };

  type Place = ReturnType<SpreadsheetModel["selection"]>;
  /** The selected cell, and what stands in it; or what stands in that cell now. */
  const look = (at?: Place) =>
    page.evaluate((place) => {
      const { spreadsheet } = (window as unknown as { workbench: { spreadsheet: SpreadsheetModel } })
        .workbench;
      const cell = { ...(place ?? spreadsheet.selection()), rows: 1, columns: 1 };
      return { cell, content: spreadsheet.read(cell)[0]?.[0]?.formula };
    }, at);

  /** @returns whether the cell has got what was typed. */
  const type = async (address: string, content: string): Promise<boolean> => {
    await goTo(address);
    const before = await look();
    // The first key opens the cell; the rest comes as pasted text does, since the grid draws itself anew for each key.
    await page.keyboard.type(content.slice(0, 1));
    await page.keyboard.insertText(content.slice(1));
    await page.keyboard.press("Enter");
    if (String(before.content) === content) return true;
    const arrived = expect.poll(async () => (await look(before.cell)).content, { timeout: 3000 });
    return arrived.not.toBe(before.content).then(
      () => true,
      () => false,
    );
  };

  return {
    page,
    pane: page.frameLocator("#pane"),
    complaints,
    goTo,
    async enter(address, content) {
      // On a busy machine the grid may lose the keyboard once more after the name box; a person would type again.
      if (!(await type(address, content))) await type(address, content);
    },
    async choose(item) {
      await page.getByRole("button", { name: "File" }).click();
      await page.getByRole("menu", { name: "File" }).getByText(item, { exact: true }).click();
    },
    cell: async (row, column) => (await read("value", row, column, 1, 1))[0]![0],
    formula: async (row, column) => (await read("formula", row, column, 1, 1))[0]![0],
    values: (...area) => read("value", ...area),
    texts: (...area) => read("text", ...area) as Promise<string[][]>,
    close: () => page.close(),
  };
}
