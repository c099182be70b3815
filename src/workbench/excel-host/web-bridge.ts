/**
 * The messages between office.js in a frame and Excel on the web, its parent page.
 *
 * office.js only talks to a host over https, and only if both have the same host name or the host has one of
 * Microsoft's. Requests that are not emulated fail with Office's own “not supported” error.
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
import type { Workbook } from "./workbook.ts";

export interface WebBridge extends Bridge {
  /** The name that the frame must have before it is added to the page. */
  readonly frameName: string;
  /** Takes a message from the frame; ignores messages that are not from office.js. */
  readonly receive: (message: unknown) => void;
}

export interface WebBridgeOptions extends BridgeOptions {
  /** Of the parent page, https. */
  readonly origin: string;
  /** Sends a message into the frame. */
  readonly post: (message: string) => void;
}

/** A message of office.js, in both directions. */
interface Message {
  readonly _messageType: number;
  readonly _actionName: string;
  readonly _actionType: number;
  readonly _conversationId: string;
  readonly _correlationId: number;
  readonly _data: unknown;
}

interface MethodCall {
  readonly DdaMethod: { readonly DispatchId: number };
  readonly ArrayData?: readonly unknown[];
  /** The result of a ribbon command, by the index of its parameters. */
  readonly [place: number]: unknown;
  readonly DdaSettingsMethod?: { readonly Properties: readonly (readonly [key: string, json: string])[] };
}

interface EventRequest {
  readonly eventDispId: number;
}

const messageType = { request: 0, response: 1 };
const actionType = { invoke: 0, registerEvent: 1, unregisterEvent: 2 };
const responseType = { answer: 0, event: 1 };
const noError = 0;
const errorHandlingMethod = -2;

/** Field 7: shared runtime (1) with custom functions (2). Field 6 keeps telemetry disabled. */
const hostInfo = "Excel$Web$16.00$en-US$00000000-0000-0000-0000-000000000000$$disableLogging$3";
const excelOnTheWeb = 16;
const controlId = "kal";

export function createWebBridge(options: WebBridgeOptions): WebBridge {
  /** The page's handler names by event. */
  const listeners = new Map<number, { readonly name: string; readonly conversationId: string }>();

  function send(message: object): void {
    options.post(JSON.stringify({ ...message, _messageType: messageType.response, _serializerVersion: 1 }));
  }

  function answer(request: Message): { data: unknown; errorCode?: number } {
    const { _actionType: type, _actionName: name, _data: data } = request;
    if (type === actionType.invoke) return invoke(name, data);
    const { eventDispId: event } = data as EventRequest;
    if (type === actionType.unregisterEvent) {
      listeners.delete(event);
      return { data: { Error: noError } };
    }
    if (!knownEvents.includes(event)) return refuse(`event ${event}`);
    listeners.set(event, { name, conversationId: request._conversationId });
    return { data: { Error: noError } };
  }

  function invoke(name: string, data: unknown): { data: unknown; errorCode?: number } {
    if (name === "ContextActivationManager_getAppContextAsync") return { data: contextOf(options) };
    // Focus changes and the active page need no action here.
    if (name === "ContextActivationManager_notifyHost") return { data: null };
    if (name === "executeMethod") return execute(data as MethodCall);
    console.warn(`The emulated Excel has no ${name}.`);
    return { data: null, errorCode: errorHandlingMethod };
  }

  function execute(call: MethodCall): { data: unknown } {
    const done = (more: object = {}) => ({ data: { Version: 1, Error: noError, ...more } });
    switch (call.DdaMethod.DispatchId) {
      case method.richApi:
        return done({ Data: [httpOk, [], options.processQuery(call.ArrayData?.[4] as string)] });
      case method.commandCompleted:
        options.commandCompleted(String(call[0]), Number(call[1]));
        return done();
      case method.saveSettings:
        options.workbook.writeSettings(Object.fromEntries(call.DdaSettingsMethod?.Properties ?? []));
        return done();
      case method.loadSettings:
        return done({ Properties: { Settings: settingsOf(options.workbook) } });
      default:
        return refuse(`method ${call.DdaMethod.DispatchId}`);
    }
  }

  return {
    frameName: JSON.stringify({
      hostInfo,
      xdmInfo: `${crypto.randomUUID()}|${controlId}|${options.origin}`,
      baseFrameName: "kal",
      serializerVersion: 1,
    }),
    receive(text) {
      const request = parse(text);
      if (request?._messageType !== messageType.request) return;
      const { data, errorCode = noError } = answer(request);
      send({
        _actionName: request._actionName,
        _conversationId: request._conversationId,
        _correlationId: request._correlationId,
        _errorCode: errorCode,
        _responseType: responseType.answer,
        _data: data,
      });
      if (request._actionType === actionType.registerEvent) {
        const { eventDispId: event } = request._data as EventRequest;
        if (listeners.has(event)) options.listening(event);
      }
    },
    raise(eventId, payload) {
      const listener = listeners.get(eventId);
      if (!listener) return;
      send({
        _actionName: listener.name,
        _conversationId: listener.conversationId,
        _correlationId: -1,
        _errorCode: noError,
        _responseType: responseType.event,
        // The parameters of a ribbon command are sent by index, messages of the RichApi in a list.
        _data: { ArrayData: payload, ...payload },
      });
    },
  };
}

/** The form in which settings are loaded; it differs from their form at the start and when they are saved. */
function settingsOf(workbook: Workbook) {
  return Object.entries(workbook.readSettings()).map(([Name, Value]) => ({ Name, Value }));
}

function refuse(what: string): { data: unknown } {
  // The add-in gets only the error code, so the name is logged here.
  console.warn(`The emulated Excel has no ${what}.`);
  return { data: { Version: 1, Error: operationNotSupported } };
}

function parse(text: unknown): Message | undefined {
  if (typeof text !== "string") return undefined;
  try {
    return JSON.parse(text) as Message;
  } catch {
    return undefined;
  }
}

/** The members that office.js requires, and those that the add-in can read. */
function contextOf({ workbook, requirementSets, isPaneVisible }: WebBridgeOptions) {
  return {
    _id: controlId,
    _appName: excelOnTheWeb,
    _appVersion: "16.00",
    _appUILocale: "en-US",
    _dataLocale: "en-US",
    _docUrl: workbook.url,
    _clientMode: 0,
    _settings: Object.entries(workbook.readSettings()),
    _reason: "inserted",
    _osfControlType: 1,
    _eToken: "",
    _correlationId: "00000000-0000-0000-0000-000000000000",
    _requirementMatrix: JSON.stringify(requirementSets),
    _initialDisplayMode: isPaneVisible() ? displayMode.taskPane : displayMode.hidden,
  };
}
