/**
 * Opens an add-in's page in a Node `vm` context: the real office.js and the add-in's scripts, without a browser.
 * @module
 */
import { Console } from "node:console";
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import vm from "node:vm";
import type { ExcelHost } from "../host.ts";
import { createMemoryStorage } from "./memory-storage.ts";
import type { ScriptElement } from "./page-document.ts";
import { createEventTarget, createPageDocument } from "./page-document.ts";
import type { PageRealm } from "./page-fetch.ts";
import { createPageFetch } from "./page-fetch.ts";
import type { Clock } from "./page-tasks.ts";
import { createPageTasks } from "./page-tasks.ts";

export interface AddinPageOptions {
  readonly host: ExcelHost;
  /** The `dist` folder of @microsoft/office-js. */
  readonly officeJsFolder: string;
  /** The add-in's scripts in order: files, or code with a file name. They run as classic scripts. */
  readonly scripts: readonly (string | { readonly code: string; readonly fileName: string })[];
  /** The page's origin, and the only one that its fetch can reach: `http://localhost:3000`. */
  readonly origin: string;
  /** Default: Node's. */
  readonly fetch?: typeof fetch;
  readonly localStorage?: Storage;
  /** How people sign in, as JSON: the page's `html` element has it; nothing by default. */
  readonly signIn?: string;
  /** Node's timers by default. */
  readonly clock?: Clock;
  /** Called with errors of the page's scripts, timers and message handlers, and with scripts that cannot be loaded. */
  readonly onError: (error: unknown) => void;
}

export interface AddinPage {
  /** The page's global object. */
  readonly window: Readonly<Record<string, unknown>>;
  /** Closes the page: stops timers, aborts requests, fails pending calls. */
  close(): void;
}

const officeJsPath = "/office-js/";

/** Globals that page and Node share. The page has its own arrays, objects and errors. */
const sharedGlobals = [
  ...[
    "AbortController",
    "AbortSignal",
    "Blob",
    "DOMException",
    "Event",
    "EventTarget",
    "FormData",
    "Headers",
  ],
  ...["Request", "Response", "ReadableStream", "TransformStream", "WritableStream", "TextDecoderStream"],
  ...["TextDecoder", "TextEncoder", "URL", "URLSearchParams", "atob", "btoa", "crypto", "performance"],
  // Binary types must be shared, or what TextEncoder and crypto return would not be a Uint8Array for the page.
  ...["ArrayBuffer", "DataView", "Uint8Array", "Uint16Array", "Uint32Array", "structuredClone"],
] as const;

/** office.js is 1.3 MB: compile it once for all pages of the process. */
const compiledOfficeFiles = new Map<string, vm.Script>();

function officeScript(folder: string, name: string): vm.Script {
  const file = join(folder, name);
  const known = compiledOfficeFiles.get(file);
  if (known) return known;
  const script = new vm.Script(readFileSync(file, "utf8"), { filename: file });
  compiledOfficeFiles.set(file, script);
  return script;
}

/** Opens the page and runs its scripts; office.js continues by itself until `host.ready`. */
export function openAddinPage(options: AddinPageOptions): AddinPage {
  const { host, officeJsFolder, origin } = options;
  const pageUrl = new URL("/taskpane.html", origin);
  const officeJsUrl = new URL(officeJsPath, origin).href;
  const userAgent =
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) KAL-Workbench";
  const tasks = createPageTasks(options.clock ?? { ...nodeTimers, Date }, options.onError);
  const closing = new AbortController();

  const { document, addScript, runAs, finishLoading } = createPageDocument((script) => {
    void load(script).then(
      (compiled) => {
        tasks.run(() => runAs(script, () => void compiled.runInContext(context)));
        tasks.run(() => script.onload?.({ type: "load", target: script }));
      },
      (error: unknown) => {
        tasks.run(() => script.onerror?.({ type: "error", target: script }));
        // A page that is closed while it loads has no errors.
        if (!closing.signal.aborted) options.onError(error);
      },
    );
  });

  // A real global object of its own: an object of ours in its place would make every global several times slower.
  const window = vm.createContext(vm.constants.DONT_CONTEXTIFY, { name: pageUrl.href }) as Record<
    string,
    unknown
  >;
  Object.assign(window, {
    ...Object.fromEntries(sharedGlobals.map((name) => [name, globalThis[name]])),
    ...tasks.globals,
    ...createEventTarget(),
    document,
    external: host.connect((task) => void setImmediate(() => tasks.run(task))),
    location: new URL(pageUrl),
    name: "",
    history: {},
    navigator: { userAgent, language: "en-US", languages: ["en-US"], onLine: true },
    localStorage:
      host.behaviours.storage === "shared" && options.localStorage
        ? options.localStorage
        : createMemoryStorage(),
    sessionStorage: createMemoryStorage(),
    ...(host.nestedAppAuthBridge && { nestedAppAuthBridge: host.nestedAppAuthBridge }),
    ...(host.behaviours.abortSignalAny === "missing" && {
      AbortSignal: { abort: AbortSignal.abort, timeout: AbortSignal.timeout },
    }),
    // Standard output belongs to the command that opened the page.
    console: new Console(process.stderr),
  });
  const context = window as vm.Context;
  for (const name of ["window", "self", "top", "parent"]) window[name] = window;
  const pageFetch = createPageFetch({
    pageUrl,
    userAgent,
    fetch: options.fetch ?? fetch,
    signal: closing.signal,
    realm: vm.runInContext("({ TypeError, JSON })", context) as PageRealm,
  });
  window.fetch = pageFetch;

  /** Office's own files come from the npm package, all others from the page's origin. */
  async function load(script: ScriptElement): Promise<vm.Script> {
    if (script.src.startsWith(officeJsUrl)) {
      return officeScript(officeJsFolder, script.src.slice(officeJsUrl.length));
    }
    const response = await pageFetch(script.src);
    if (!response.ok) throw new Error(`${script.src} answered ${response.status}.`);
    return new vm.Script(await response.text(), { filename: script.src });
  }

  if (options.signIn !== undefined) document.documentElement.dataset["signIn"] = options.signIn;
  const officeElement = addScript(`${officeJsUrl}office.js`);
  tasks.run(() =>
    runAs(officeElement, () => void officeScript(officeJsFolder, "office.js").runInContext(context)),
  );
  for (const script of options.scripts) {
    const { code, fileName } =
      typeof script === "string" ? { code: readFileSync(script, "utf8"), fileName: script } : script;
    const element = addScript(new URL(`/${basename(fileName)}`, origin).href);
    tasks.run(() => runAs(element, () => void vm.runInContext(code, context, { filename: fileName })));
  }
  tasks.run(finishLoading);
  tasks.run(() => (window.dispatchEvent as (event: object) => void)({ type: "DOMContentLoaded" }));
  tasks.run(() => (window.dispatchEvent as (event: object) => void)({ type: "load" }));

  return {
    window,
    close() {
      tasks.close();
      closing.abort();
      host.close();
    },
  };
}

const nodeTimers = {
  setTimeout: (callback: () => void, delay: number): unknown => setTimeout(callback, delay),
  clearTimeout: (handle: never) => clearTimeout(handle),
  setInterval: (callback: () => void, delay: number): unknown => setInterval(callback, delay),
  clearInterval: (handle: never) => clearInterval(handle),
};
