/**
 * HTTP calls to a running service.
 * @module
 */
import { request } from "undici";
import type { ConnectAnswer, ErrorAnswer } from "../../../src/kalibrate/gateway-api.ts";

export interface Answered<T = unknown> {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly text: string;
  readonly body: T;
}

export interface CallOptions {
  readonly ticket?: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  /** False omits the header that every call must carry. */
  readonly marked?: boolean;
  readonly signal?: AbortSignal;
}

export interface Calls {
  call<T = unknown>(method: string, path: string, options?: CallOptions): Promise<Answered<T>>;
  /** Connects and returns the ticket. */
  connect(body: unknown): Promise<ConnectAnswer>;
}

/** @param origin of the service. */
export function callsTo(origin: string): Calls {
  async function call<T>(method: string, path: string, more: CallOptions = {}): Promise<Answered<T>> {
    const { ticket, body, headers, marked = true, signal } = more;
    const response = await request(`${origin}${path}`, {
      method: method,
      headers: {
        ...(marked ? { "x-kal-request": "1" } : {}),
        ...(ticket === undefined ? {} : { authorization: `Bearer ${ticket}` }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      body: body === undefined ? null : typeof body === "string" ? body : JSON.stringify(body),
      ...(signal ? { signal } : {}),
    });
    const text = await response.body.text();
    return { status: response.statusCode, headers: response.headers, text, body: parse(text) as T };
  }

  return {
    call,
    connect: async (body) => {
      const answer = await call<ConnectAnswer>("POST", "/api/v1/session", { body });
      if (answer.status !== 200) throw new Error(`not connected: ${answer.text}`);
      return answer.body;
    },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The error in an answer. */
export function errorOf({ body }: Answered): ErrorAnswer["error"] {
  return (body as ErrorAnswer).error;
}
