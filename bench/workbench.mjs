/**
 * How long a user waits for the workbench: `node bench/workbench.mjs [runs]`. Medians of real cold starts, each in a
 * fresh browser profile; the browser itself is already running. Then thousands of cells at once; with 0 runs, only
 * those.
 */
/* global window, requestAnimationFrame -- of the page */
import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import readline from "node:readline";
import { runnerImport } from "vite";
import { start, withParts } from "./gateway/processes.mjs";

const root = path.join(import.meta.dirname, "..");
const runs = Number(process.argv[2] ?? 5);
const { module } = await runnerImport(path.join(root, "test/browser/open-browser.ts"), { configFile: false });
const { browser, unavailable } = await module.openBrowser();
if (!browser) throw new Error(unavailable);

const formula = '=KAL.QUERY("site","(entityVariant=Own)","importCode, name, postCode")';
/** Cells in a burst. The sample's sites have import codes from 1001 upwards. */
const many = 5000;
const codeOf = (/** @type {number} */ index) => 1001 + index;
/** @type {Record<string, { cells: number, formulaOf: (index: number) => string }>} */
const bursts = {
  "equal QUERY": {
    cells: many,
    formulaOf: () => '=KAL.QUERY("site","(entityVariant=Own)","name",0,1)',
  },
  "different LOOKUP": {
    cells: many,
    formulaOf: (index) => `=KAL.LOOKUP("site","(entityVariant=Own)","name","importCode","${codeOf(index)}")`,
  },
  // Each needs its own request, so thousands would measure the gateway's limits.
  "different QUERY": {
    cells: 250,
    formulaOf: (index) => `=KAL.QUERY("site","(importCode=${codeOf(index)})","name",0)`,
  },
};

const results = [];
for (let run = 0; run < runs; run++) results.push(await measureStart());
if (runs > 0) console.log("milliseconds after the ready line, medians of", runs);
for (const name of Object.keys(results[0] ?? {}))
  console.log(`${name.padEnd(34)} ${median(results.map((result) => result[name] ?? NaN)).toFixed(0)}`);

await withParts(measureBursts, ["addin", "service", "local", "workbench"]);
await browser.close();

async function measureBursts() {
  const simulator = await start("simulator", { ownSites: many });
  console.log(
    "\n| cells | first value ms | last ms | longest task ms | calls to the gateway | to the Data API | errors |",
  );
  console.log("|---|---|---|---|---|---|---|");
  for (const [name, { cells, formulaOf }] of Object.entries(bursts)) {
    // A new one, with empty caches.
    const workbench = await start("workbench", { environment: simulator.facts.environment });
    const before = (await simulator.report()).data;
    const formulas = Array.from({ length: cells }, (_, index) => formulaOf(index));
    const { first, last, task, calls, wrong } = await measureBurst(workbench.facts.url, formulas);
    const reached = (await simulator.report()).data - before;
    workbench.stop();
    console.log(`| ${cells} ${name} | ${first} | ${last} | ${task} | ${calls} | ${reached} | ${wrong} |`);
  }
}

/** @returns {Promise<Record<string, number>>} */
async function measureStart() {
  return inWorkbench(async (page, passed) => {
    const nameBox = page.locator('[data-u-comp="defined-name"] input');
    /** @type {number | undefined} */
    let shown;
    do {
      // The name box restores its old text if the grid selects a cell meanwhile; a person would type again.
      await nameBox.fill("N2");
      shown ??= passed();
      await nameBox.press("Enter");
    } while (!(await isSelected(page)));
    await page.locator('[data-u-comp="editor"]:focus').waitFor({ state: "attached" });
    const ready = passed();
    await page.keyboard.type(formula);
    const typed = passed();
    await page.keyboard.press("Enter");
    await page.waitForFunction(
      () => {
        // @ts-expect-error the workbench's own name for the console
        const { spreadsheet } = window.workbench;
        const area = { sheetId: spreadsheet.activeSheetId(), row: 2, column: 13, rows: 1, columns: 1 };
        return spreadsheet.read(area)[0][0].value !== "";
      },
      undefined,
      { polling: "raf" },
    );
    const data = passed();
    const task = await page.evaluate(maxTaskMs);
    return {
      "name box takes a text": shown,
      "cells take a formula": ready,
      "typing it": typed - ready,
      "Enter to data": data - typed,
      "data, but for the typing": data - typed + ready,
      data,
      "longest task": task,
    };
  });
}

/** Whether N2 is selected within half a second: typing goes into the selected cell. @param {any} page */
async function isSelected(page) {
  const selected = page.waitForFunction(
    () => {
      // @ts-expect-error the workbench's own name for the console
      const { row, column } = window.workbench.spreadsheet.selection();
      return row === 1 && column === 13;
    },
    undefined,
    { timeout: 500 },
  );
  return selected.then(
    () => true,
    () => false,
  );
}

/** Runs in the page: the longest task of more than 50 ms, in milliseconds. */
function maxTaskMs() {
  return new Promise((resolve) => {
    const observer = new PerformanceObserver((list) =>
      resolve(Math.round(Math.max(0, ...list.getEntries().map(({ duration }) => duration)))),
    );
    observer.observe({ type: "longtask", buffered: true });
    // Without such a task the observer is never called.
    setTimeout(() => resolve(0), 100);
  });
}

/** @param {string} url @param {readonly string[]} formulas written into one column at once */
async function measureBurst(url, formulas) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 860 } });
  try {
    const page = await context.newPage();
    let calls = 0;
    page.on("request", (/** @type {import("playwright-core").Request} */ request) => {
      if (/\/api\/v1\/(query|lookup)$/.test(request.url())) calls++;
    });
    await page.goto(url);
    await page.frameLocator("#pane").getByRole("heading", { name: "Sample data" }).waitFor();
    await page.getByText("Sheet1").first().click();
    calls = 0;
    const took = await page.evaluate(fillColumn, formulas);
    return { ...took, calls };
  } finally {
    await context.close();
  }
}

/** In the page. @param {readonly string[]} formulas */
async function fillColumn(formulas) {
  // @ts-expect-error the workbench's own name for the console
  const { grid, spreadsheet } = window.workbench;
  const place = {
    sheetId: spreadsheet.activeSheetId(),
    row: 0,
    column: 0,
    rows: formulas.length,
    columns: 1,
  };
  let task = 0;
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) task = Math.max(task, Math.round(duration));
  });
  observer.observe({ type: "longtask" });
  const begun = performance.now();
  const range = grid.getActiveWorkbook().getActiveSheet().getRange(0, 0, formulas.length, 1);
  range.setValues(formulas.map((f) => [{ f }]));
  let first = 0;
  let looked = 0;
  for (;;) {
    const now = await new Promise(requestAnimationFrame);
    // Reading all cells takes time itself.
    if (now - looked < 250) continue;
    looked = now;
    const values = spreadsheet.read(place).map((/** @type {{ value: unknown }[]} */ [cell]) => cell?.value);
    const waiting = values.filter((/** @type {unknown} */ value) => value === "#BUSY!" || value === "");
    if (!first && waiting.length < formulas.length) first = now - begun;
    if (waiting.length > 0) continue;
    const wrong = values.filter((/** @type {unknown} */ value) => String(value).startsWith("#")).length;
    return { first: Math.round(first), last: Math.round(now - begun), task, wrong };
  }
}

/**
 * @template Result
 * @param {(page: import("playwright-core").Page, passed: () => number) => Promise<Result>} work
 */
async function inWorkbench(work) {
  const program = spawn(process.execPath, ["scripts/start.mjs", "--no-open", "--port", "0"], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const context = await browser.newContext({ viewport: { width: 1440, height: 860 } });
  try {
    const page = await context.newPage();
    for await (const line of readline.createInterface({ input: program.stdout })) {
      if (!line.startsWith("ready ")) continue;
      const begun = performance.now();
      await page.goto(line.slice("ready ".length), { waitUntil: "commit" });
      return await work(page, () => performance.now() - begun);
    }
    throw new Error("npm start ended before it was ready.");
  } finally {
    await context.close();
    program.kill("SIGTERM");
    if (program.exitCode === null) await once(program, "exit");
  }
}

/** @param {number[]} values */
function median(values) {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
