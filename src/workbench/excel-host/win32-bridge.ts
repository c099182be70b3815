/**
 * `window.external` as office.js finds it in Excel on Windows.
 *
 * Arrays cross this bridge as SAFEARRAYs: objects with a `toArray` method. Requests that are not emulated fail with
 * Office's own “not supported” error.
 * @module
 */
import {
  type Bridge,
  type BridgeOptions,
  displayMode,
  httpOk,
  knownEvents,
  method,
  operationNotSupported,
} from "./bridge.ts";
import { createDialogs, dialogEvent, type DialogWindows } from "./dialogs.ts";

/** The page's `window.external`, which must exist before office.js runs. */
export type Win32External = Readonly<Record<string, (...args: never[]) => unknown>>;

type SafeArray = { toArray(): readonly unknown[] };
type EventHandler = (eventId: number, payload: SafeArray) => void;
type Answer = (response: SafeArray) => void;

export interface Win32Bridge extends Bridge {
  readonly external: Win32External;
}

const success = 0;

/** Field 7: shared runtime (1) with custom functions (2). Field 6 keeps telemetry disabled. */
const hostInfo = "Excel$Win32$16.01$en-US$00000000-0000-0000-0000-000000000000$$disableLogging$3";

const dialogHostInfo = hostInfo.replace("$$disableLogging$3", "$isDialog$disableLogging$0");

/** ooeDialogAlreadyOpened and its like: office.js makes a failed result of any code. */
const dialogNotOpened = 12009;

const lightTheme = {
  bodyBackgroundColor: 0xffffff,
  bodyForegroundColor: 0x262626,
  controlBackgroundColor: 0xf0f0f0,
  controlForegroundColor: 0x262626,
};

const darkTheme = {
  bodyBackgroundColor: 0x262626,
  bodyForegroundColor: 0xffffff,
  controlBackgroundColor: 0x363636,
  controlForegroundColor: 0xffffff,
};

export interface Win32BridgeOptions extends BridgeOptions {
  /** Runs a call into the page as a task of its own. */
  readonly post: (task: () => void) => void;
  /** Undefined where this Excel opens no dialogs. */
  readonly dialogs?: DialogWindows | undefined;
}

/** What a dialog's page must find as `window.external`. */
export function dialogExternal(external: Win32External, received: (message: string) => void): Win32External {
  return { ...external, GetHostInfo: () => dialogHostInfo, MessageParent2: received };
}

export function createWin32Bridge(options: Win32BridgeOptions): Win32Bridge {
  const handlers = new Map<number, Set<EventHandler>>();
  const { post } = options;
  const answer = (callback: Answer, ...response: unknown[]) => post(() => callback(safeArray(response)));
  const refuse = (what: string, callback: Answer) => {
    // The add-in gets only the error code, so the name is logged here.
    console.warn(`The emulated Excel has no ${what}.`);
    answer(callback, operationNotSupported);
  };
  const raise: Bridge["raise"] = (eventId, payload) => {
    for (const handler of handlers.get(eventId) ?? []) post(() => handler(eventId, safeArray(payload)));
  };
  const dialogs = options.dialogs && createDialogs(options.dialogs, (payload) => raise(dialogEvent, payload));
  return {
    external: {
      GetHostInfo: () => hostInfo,
      GetLoggingAllowed: () => false,
      GetContext: () => contextOf(options),
      Execute: (called: number, parameters: unknown[], callback: Answer) => {
        if (called === method.commandCompleted) {
          options.commandCompleted(String(parameters[0]), Number(parameters[1]));
          return answer(callback, success);
        }
        if (called !== method.richApi) return refuse(`method ${called}`, callback);
        const body = (parameters[0] as unknown[])[4] as string;
        post(() => callback(safeArray([success, httpOk, [], options.processQuery(body)])));
      },
      RegisterEvent: (event: number, target: string, handler: EventHandler, callback: Answer) => {
        if (event === dialogEvent && dialogs) {
          handlers.set(event, new Set([handler]));
          return answer(callback, dialogs.open(target) ? success : dialogNotOpened);
        }
        if (!knownEvents.includes(event)) return refuse(`event ${event} (${target})`, callback);
        const registered = handlers.get(event) ?? new Set();
        handlers.set(event, registered.add(handler));
        answer(callback, success);
        options.listening(event);
      },
      UnregisterEvent: (event: number, _target: string, callback: Answer) => {
        if (event === dialogEvent) dialogs?.close();
        handlers.delete(event);
        answer(callback, success);
      },
    },
    raise,
  };
}

function contextOf({ workbook, requirementSets, isDark, isPaneVisible }: BridgeOptions) {
  return {
    GetAppType: () => 1,
    GetSolutionRef: () => "kal",
    GetAppVersionMajor: () => 16,
    GetAppVersionMinor: () => 1,
    GetAppUILocale: () => "en-US",
    GetAppDataLocale: () => "en-US",
    GetDocUrl: () => workbook.url,
    GetAppCapabilities: () => 0,
    GetActivationMode: () => 2,
    GetControlIntegrationLevel: () => 1,
    GetSolutionToken: () => "",
    GetSupportedMatrix: () => JSON.stringify(requirementSets),
    GetInitialDisplayMode: () => (isPaneVisible() ? displayMode.taskPane : displayMode.hidden),
    GetOfficeThemeInfo: () => JSON.stringify(isDark === undefined ? {} : isDark ? darkTheme : lightTheme),
    GetSettings: () => ({
      Read: (keys: string[], values: string[]) => {
        for (const [key, value] of Object.entries(workbook.readSettings())) {
          keys.push(key);
          values.push(value);
        }
      },
      Write: (keys: string[], values: string[]) =>
        workbook.writeSettings(Object.fromEntries(keys.map((key, index) => [key, values[index] ?? "null"]))),
    }),
  };
}

function safeArray(items: readonly unknown[]): SafeArray {
  return { toArray: () => items };
}
