/**
 * The workbench's first script. It is small, so that the requests to the service start while the grid, which is
 * hundreds of times larger, is still loading.
 * @module
 */
import "./chrome/chrome.css";
import type { FunctionsMetadata } from "../excel-host/functions-metadata.ts";
import { connectOnFirstRun } from "./first-run.ts";
import { chooseWorkbook } from "./workbooks/choose-workbook.ts";

export const functions = fetch("/functions.json").then(
  (response) => response.json() as Promise<FunctionsMetadata>,
);

/** The add-in's manifest, XML text. */
export const manifest = fetch("/workbench/manifest.xml").then((response) => response.text());

/** Settles when the add-in can find its first connection in the browser's storage. */
export const connected = connectOnFirstRun();

export const workbook = chooseWorkbook();
