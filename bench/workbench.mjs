/**
 * How long a person waits for the workbench: `node bench/workbench.mjs [runs]`. Medians of real cold starts, each in
 * a fresh browser profile; the browser itself is open already.
 */
/* global window, requestAnimationFrame -- of the page */
import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import readline from "node:readline";
import { runnerImport } from "vite";

const root = path.join(import.meta.dirname, "..");
const runs = Number(process.argv[2] ?? 5);
const { module } = await runnerImport(path.join(root, "test/browser/open-browser.ts"), { configFile: false });
const { browser, unavailable } = await module.openBrowser();
if (!browser) throw new Error(unavailable);

const formula = '=KAL.QUERY("site","(entityVariant=Own)","importCode, name, postCode")';
/** Cells in a burst. */
const many = 5000;
const bursts = {
  equal: () => '=KAL.QUERY("site","(entityVariant=Own)","name",0,1)',
  different: (/** @type {number} */ index) => `=KAL.QUERY("site","(importCode=${1000 + index})","name",0)`,
  "looked-up": (/** @type {number} */ index) =>
    `=KAL.LOOKUP("site","(entityVariant=Own)","name","importCode","${1000 + index}")`,
};

const results = [];
for (let run = 0; run < runs; run++) results.push(await measureStart());
console.log("milliseconds after the ready line, medians of", runs);
for (const name of Object.keys(results[0] ?? {}))
  console.log(`${name.padEnd(34)} ${median(results.map((result) => result[name] ?? NaN)).toFixed(0)}`);

for (const [name, formulaOf] of Object.entries(bursts)) {
  const { first, last, pause, task } = await measureBurst(formulaOf);
  console.log(
    `${many} ${name} cells: first value ${first} ms, last ${last} ms, longest pause between frames ${pause} ms, longest task ${task} ms`,
  );
}
await browser.close();

/** @returns {Promise<Record<string, number>>} */
async function measureStart() {
  return inWorkbench(async (page, passed) => {
    const nameBox = page.locator('[data-u-comp="defined-name"] input');
    /** @type {number | undefined} */
    let shown;
    do {
      // The name box takes its old text back when the grid selects a cell meanwhile; a person writes again.
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
    const task = await page.evaluate(longestTask);
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

/** Whether N2 is the selected cell, or becomes it at once: only then what is typed goes there. @param {any} page */
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

/** In the page: of all tasks that took longer than 50 ms, the longest, in milliseconds. */
function longestTask() {
  return new Promise((resolve) => {
    const observer = new PerformanceObserver((list) =>
      resolve(Math.round(Math.max(0, ...list.getEntries().map(({ duration }) => duration)))),
    );
    observer.observe({ type: "longtask", buffered: true });
    // None at all is not told of.
    setTimeout(() => resolve(0), 100);
  });
}

/** @param {(index: number) => string} formulaOf */
async function measureBurst(formulaOf) {
  return inWorkbench(async (page) => {
    await page.frameLocator("#pane").getByRole("heading", { name: "Sample data" }).waitFor();
    await page.getByText("Sheet1").first().click();
    return page.evaluate(
      async (formulas) => {
        // @ts-expect-error the workbench's own name for the console
        const { grid, spreadsheet } = window.workbench;
        const area = {
          sheetId: spreadsheet.activeSheetId(),
          row: 0,
          column: 0,
          rows: formulas.length,
          columns: 1,
        };
        let task = 0;
        new PerformanceObserver((list) => {
          for (const { duration } of list.getEntries()) task = Math.max(task, Math.round(duration));
        }).observe({ type: "longtask" });
        const begun = performance.now();
        grid
          .getActiveWorkbook()
          .getActiveSheet()
          .getRange(0, 0, formulas.length, 1)
          .setValues(formulas.map((f) => [{ f }]));
        let first = 0;
        let pause = 0;
        let frame = begun;
        let looked = 0;
        for (;;) {
          const now = await new Promise(requestAnimationFrame);
          pause = Math.max(pause, now - frame);
          frame = now;
          // Looking at all cells takes time itself.
          if (now - looked < 250) continue;
          looked = now;
          const values = spreadsheet
            .read(area)
            .map((/** @type {{ value: unknown }[]} */ [cell]) => cell?.value);
          const waiting = values.filter(
            (/** @type {unknown} */ value) => value === "#BUSY!" || value === "",
          ).length;
          if (!first && waiting < formulas.length) first = now - begun;
          if (waiting === 0) {
            return {
              first: Math.round(first),
              last: Math.round(now - begun),
              pause: Math.round(pause),
              task,
            };
          }
          frame = performance.now();
        }
      },
      Array.from({ length: many }, (_, index) => formulaOf(index)),
    );
  });
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
