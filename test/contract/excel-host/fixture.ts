/**
 * A tiny add-in in its own page, for testing the emulated host.
 * @module
 */
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import type {
  FunctionMetadata,
  ParameterMetadata,
} from "../../../src/workbench/excel-host/functions-metadata.ts";
import type { ExcelHost, ExcelHostOptions } from "../../../src/workbench/excel-host/host.ts";
import { createExcelHost } from "../../../src/workbench/excel-host/host.ts";
import type { AddinPage, AddinPageOptions } from "../../../src/workbench/excel-host/node/addin-page.ts";
import { openAddinPage } from "../../../src/workbench/excel-host/node/addin-page.ts";

export const officeJsFolder = fileURLToPath(
  new URL("../../../node_modules/@microsoft/office-js/dist", import.meta.url),
);

/** The metadata of one function. */
export function describeFunction(
  id: string,
  parameters: ParameterMetadata[] = [],
  options: NonNullable<FunctionMetadata["options"]> = {},
): FunctionMetadata {
  return { id, name: id, parameters, options };
}

interface FixtureOptions {
  functions?: FunctionMetadata[];
  host?: Partial<ExcelHostOptions>;
  page?: Partial<AddinPageOptions>;
}

export interface Fixture {
  host: ExcelHost;
  page: AddinPage;
  /** Errors of the page's code. */
  errors: unknown[];
  /** The RichApi requests of the page. */
  requests: string[];
}

/** Opens a page whose only script is `code`; it is closed at the end of the test. */
export function openFixture(code: string, { functions = [], host, page }: FixtureOptions = {}): Fixture {
  const requests: string[] = [];
  const errors: unknown[] = [];
  const excel = createExcelHost({
    functions: { functions },
    onRequest: (body) => requests.push(body),
    ...host,
  });
  const opened = openAddinPage({
    host: excel,
    officeJsFolder,
    scripts: [{ code, fileName: "fixture.js" }],
    origin: "http://localhost:3000",
    onError: (error) => errors.push(error),
    ...page,
  });
  onTestFinished(() => opened.close());
  return { host: excel, page: opened, errors, requests };
}
