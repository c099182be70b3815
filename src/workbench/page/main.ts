/**
 * The workbench's first script: small, so that whatever waits for the service is under way while the grid, which is
 * forty times as large, still loads.
 * @module
 */
import "./chrome/chrome.css";
import type { FunctionsMetadata } from "../excel-host/functions-metadata.ts";
import { connectOnFirstRun } from "./first-run.ts";
import { chooseWorkbook } from "./workbooks/choose-workbook.ts";

const functions = fetch("/functions.json").then((response) => response.json() as Promise<FunctionsMetadata>);
const manifest = fetch("/workbench/manifest.xml").then((response) => response.text());
const connected = connectOnFirstRun();
const workbook = chooseWorkbook();

void import(/* webpackChunkName: "open-workbook" */ "./open-workbook.ts").then(({ openWorkbook }) =>
  openWorkbook({ functions, manifest, connected, workbook }),
);
