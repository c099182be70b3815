/**
 * msal-node's network module, implemented with undici.
 *
 * msal-node's own client follows redirects (a 307 would send the secret elsewhere), has no time-out, and loses status
 * and `Retry-After` when an answer is not JSON, such as Entra's “Too Many Requests”. This one calls a single URL,
 * follows no redirects, has a time-out and a size limit, and keeps the answer for the error text.
 * @module
 */
import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from "@azure/msal-node";
import { type Dispatcher, request } from "undici";
import { withDeadline } from "../deadline.ts";
import { decodeBody, EncodingError } from "../decode-body.ts";
import { userAgent } from "../version.ts";

/** What the identity provider answered. */
export interface EntraAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined if it was not a JSON object. */
  readonly body: Readonly<Record<string, unknown>> | undefined;
  /** Whether it was an HTML page. */
  readonly isPage?: boolean;
}

export interface EntraNetwork extends INetworkModule {
  /** The last answer, even if msal-node rejected it. */
  readonly answer: EntraAnswer | undefined;
  /** Why there was no answer: an undici, system or abort error. */
  readonly failure: unknown;
}

export interface EntraNetworkOptions {
  readonly dispatcher: Dispatcher;
  /** The only URL that is ever called. */
  readonly tokenEndpoint: URL;
  /** Milliseconds for the whole exchange, including a retry. */
  readonly timeout: number;
  /** Called when a connection broke, before the request is retried. */
  readonly onRepeat: (error: unknown) => void;
}

/** A token answer is about 2 kB. */
const maxAnswerBytes = 1_048_576;

/** Creates the network module for one token request. */
export function createEntraNetwork(options: EntraNetworkOptions): EntraNetwork {
  let answer: EntraAnswer | undefined;
  let failure: unknown;

  async function post<T>(url: string, request: NetworkRequestOptions = {}): Promise<NetworkResponse<T>> {
    answer = undefined;
    failure = undefined;
    try {
      answer = await withDeadline(options.timeout, undefined, (signal) =>
        onceMore(() => exchange(url, request, options, signal), options.onRepeat),
      );
    } catch (error) {
      failure = error;
      throw error;
    }
    const { status, headers, body } = answer;
    // msal-node treats any answer without `error` as a success.
    const stated = status === 200 ? {} : { error: "server_error", ...body };
    return { status, headers: { ...headers }, body: { ...body, ...stated } as T };
  }

  return {
    sendPostRequestAsync: post,
    // We give all metadata, so there is nothing to get.
    sendGetRequestAsync: (url) => Promise.reject(new DestinationError(url)),
    get answer() {
      return answer;
    },
    get failure() {
      return failure;
    },
  };
}

/** The error codes of Node and undici for a broken connection. */
const brokenConnection: ReadonlySet<unknown> = new Set(["ECONNRESET", "EPIPE", "UND_ERR_SOCKET"]);

/**
 * A token request changes nothing on the server, so we retry it once if its connection breaks (it was idle for long,
 * or the provider replaced a machine). We do not retry if the host is unreachable or does not answer: a retry would
 * fail as well.
 */
async function onceMore<T>(attempt: () => Promise<T>, onRepeat: (error: unknown) => void): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    if (!brokenConnection.has((error as { code?: unknown }).code)) throw error;
    onRepeat(error);
    return attempt();
  }
}

class DestinationError extends Error {
  override readonly name = "DestinationError";

  constructor(url: string) {
    super(`Only the token endpoint may be called, not ${url.split("?", 1)[0]}`);
  }
}

async function exchange(
  address: string,
  { headers, body }: NetworkRequestOptions,
  { dispatcher, tokenEndpoint }: EntraNetworkOptions,
  signal: AbortSignal,
): Promise<EntraAnswer> {
  const url = new URL(address);
  // msal-node adds a request id as the query string.
  if (url.origin !== tokenEndpoint.origin || url.pathname !== tokenEndpoint.pathname)
    throw new DestinationError(address);
  const response = await request(url, {
    dispatcher,
    method: "POST",
    headers: { ...headers, accept: "application/json", "user-agent": userAgent },
    body: body ?? "",
    signal,
  });
  const text = await collect(decodeBody(response.headers, response.body, maxAnswerBytes));
  return {
    status: response.statusCode,
    headers: flatten(response.headers),
    body: text === undefined ? undefined : parseObject(text),
    isPage: text?.trimStart().startsWith("<") === true,
  };
}

/** @returns undefined if the body is too large or does not match its content encoding. */
async function collect(body: AsyncIterable<Buffer>): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of body) {
      size += chunk.length;
      if (size > maxAnswerBytes) return undefined;
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof EncodingError) return undefined;
    throw error;
  }
  return Buffer.concat(chunks).toString("utf8");
}

function flatten(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const entries = Object.entries(headers).map(([name, value]) => [name, String(value ?? "")]);
  return Object.fromEntries(entries) as Record<string, string>;
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
