/**
 * The Data API client: one authorised GET, with every refusal converted to a known error.
 * @module
 */
import type { IncomingHttpHeaders } from "node:http";
import { type Dispatcher, request } from "undici";
import type { Environment } from "../../kalibrate/environments.ts";
import { type ErrorCode, KalError } from "../../kalibrate/errors.ts";
import type { SteadyClock } from "../../kalibrate/steady-clock.ts";
import { unlessAborted, withDeadline } from "../deadline.ts";
import { decodeBody } from "../decode-body.ts";
import { maxAnswerBytes } from "../dispatcher.ts";
import type { Log } from "../observe/log.ts";
import { readRetryAfter } from "../retry-after.ts";
import { type Connection, secretsOf } from "../sessions/connection.ts";
import type { TokenService } from "../token-service/token-service.ts";
import { errorFromFailure, errorFromStatus } from "./answer-errors.ts";
import { collect, collectBeginning, parseJson } from "./body.ts";
import { createCircuitBreakers, type OnBreakerChange } from "./circuit-breaker.ts";
import { excerpt } from "./excerpt.ts";
import { type Pause, withRetries } from "./retry.ts";
import { scrubBody } from "./scrub.ts";

export interface GetOptions {
  /** The encoded value of the `query` parameter, inserted into the URL unchanged. */
  readonly query?: string | undefined;
  /** Ends the request with all its retries: its caller has left, or the call's deadline has passed. */
  readonly signal: AbortSignal;
  readonly requestId?: string | undefined;
  /**
   * Reads the body of a good answer as it arrives, instead of parsing it at the end; called again for a retry, not for
   * 204.
   */
  readonly read?: ((body: AsyncIterable<Buffer>) => Promise<void>) | undefined;
  /** Whether a failed request may be retried: not after part of its answer has been used. */
  readonly mayRepeat?: (() => boolean) | undefined;
  /**
   * True for a small request that is sent even while the circuit breaker is open, for example when somebody connects.
   */
  readonly always?: boolean | undefined;
}

export interface Answer {
  /** Parsed JSON; an empty list for 204, or if `read` has read the body. */
  readonly body: unknown;
  /** Milliseconds from sending to the last byte. */
  readonly latency: number;
  /** Bytes of a parsed body. */
  readonly bytes: number;
  /** With names in lower case. */
  readonly headers: IncomingHttpHeaders;
}

export interface DataApiClient {
  /**
   * Fetches `{apiBaseUrl}{path}`: with a retry if that may help, with a new token if the first is refused, and not at
   * all while the circuit breaker is open.
   * @param path such as `/price` or `/reference/brand`.
   * @throws KalError; the signal's reason when aborted.
   */
  get(connection: Connection, path: string, options: GetOptions): Promise<Answer>;
}

export interface DataApiClientOptions {
  readonly dispatcher: Dispatcher;
  readonly tokenService: TokenService;
  /** Identifies credential and base URL of a connection: the faults of one say nothing about another. */
  readonly ownerOf: (connection: Connection) => string;
  readonly userAgent: string;
  readonly log: Log;
  /** Milliseconds: without data, and for one complete attempt. The caller's signal ends all attempts together. */
  readonly timeouts: { readonly silence: number; readonly answer: number };
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly steady: SteadyClock;
  readonly pause: Pause;
  /** Called after every attempt. */
  readonly measure: MeasureAttempt;
  /** Called when a circuit breaker changes its state. */
  readonly onBreakerChange: OnBreakerChange;
}

/**
 * @param outcome `ok`, or the error code.
 * @param seconds from sending to the last byte.
 */
export type MeasureAttempt = (environment: Environment, outcome: "ok" | ErrorCode, seconds: number) => void;

/** The smallest request; its answer is never cached. */
export const statusPath = "/status";

export function createDataApiClient(options: DataApiClientOptions): DataApiClient {
  const { tokenService, log, timeouts, now, steady, pause } = options;
  const breakerOf = createCircuitBreakers(options.ownerOf, steady, (environment, state, before) => {
    const { host } = new URL(environment.apiBaseUrl);
    log.warn({ host, state }, "the circuit breaker changed its state");
    options.onBreakerChange(environment, state, before);
  });

  /** @returns undefined if the token is refused. */
  async function exchange(request: Request, tokens: readonly string[], outer: AbortSignal) {
    const { url, requestId } = request;
    const { connection, always, mayRepeat } = request;
    const onRepeat = ({ code, retryAfter }: KalError) =>
      log.info({ requestId, host: url.host, code, retryAfter }, "asking the Data API once more");
    const ask = () =>
      withRetries(() => attempt(request, tokens, outer), { signal: outer, pause, mayRepeat, onRepeat });
    if (always) return ask();
    const status = { connection, requestId, url: address(connection, statusPath, undefined) };
    return breakerOf(connection).run(ask, () => attempt(status, tokens, outer));
  }

  async function attempt(request: Request, tokens: readonly string[], outer: AbortSignal) {
    const { url, connection, requestId } = request;
    const started = performance.now();
    const measure = (outcome: "ok" | ErrorCode) =>
      options.measure(connection.environment, outcome, (performance.now() - started) / 1000);
    let begun = false;
    try {
      const answer = await withDeadline(timeouts.answer, outer, async (signal) => {
        const response = await send(url, tokens.at(-1) ?? "", signal, options);
        begun = true;
        return read(response, request, tokens);
      });
      measure(answer ? "ok" : "KAL_FORBIDDEN");
      return answer && { ...answer, latency: performance.now() - started };
    } catch (error) {
      // If the caller has left or the deadline has passed, the API did not cause the error.
      outer.throwIfAborted();
      const known = error instanceof KalError ? error : errorFromFailure(error, begun, url.host);
      if (known !== error)
        log.warn({ requestId, host: url.host, error }, "no whole answer from the Data API");
      measure(known.code);
      throw known;
    }
  }

  async function read(
    { statusCode, headers, body }: Dispatcher.ResponseData,
    { url, connection, requestId, readBody }: Request,
    tokens: readonly string[],
  ): Promise<Omit<Answer, "latency"> | undefined> {
    const secrets = [...tokens, ...secretsOf(connection)];
    if (statusCode === 204 || statusCode === 401) {
      await body.dump();
      return statusCode === 204 ? { body: [], bytes: 0, headers } : undefined;
    }
    const decoded = decodeBody(headers, body, maxAnswerBytes);
    if (statusCode !== 200) {
      const text = await collectBeginning(decoded);
      log.info({ requestId, host: url.host, upstreamStatus: statusCode }, "refused by the Data API");
      const from = { host: url.host, isPage: text.trimStart().startsWith("<") };
      throw errorFromStatus(statusCode, excerpt(text, secrets), readRetryAfter(headers, now()), from);
    }
    const scrubbed = scrubBody(decoded, secrets);
    if (readBody) {
      await readBody(scrubbed);
      return { body: [], bytes: 0, headers };
    }
    const bytes = await collect(scrubbed);
    return { body: parseJson(bytes), bytes: bytes.length, headers };
  }

  /** A token may be revoked early, so a refused one is replaced once; a second refusal is final. */
  async function getWithGoodToken(request: Request, signal: AbortSignal): Promise<Answer> {
    const { connection, requestId, url } = request;
    const asked = requestId === undefined ? {} : { requestId };
    const first = await tokenService.token(connection, asked);
    const answer = await exchange(request, [first.text], signal);
    if (answer) return answer;
    const facts = { requestId, host: url.host, upstreamStatus: 401 };
    log.info(facts, "token refused by the Data API; trying a new one");
    const second = await tokenService.token(connection, { ...asked, rejected: first.text });
    const last = await exchange(request, [first.text, second.text], signal);
    if (last) return last;
    log.info(facts, "refused by the Data API");
    throw errorFromStatus(401, undefined, undefined, { host: url.host, isPage: false });
  }

  return {
    async get(connection, path, { query, signal, requestId, read: readBody, mayRepeat, always }) {
      const url = address(connection, path, query);
      const request = { url, connection, requestId, readBody, mayRepeat, always };
      try {
        signal.throwIfAborted();
        return await unlessAborted(signal, getWithGoodToken(request, signal));
      } catch (error) {
        signal.throwIfAborted();
        throw error instanceof KalError ? error : errorFromFailure(error, false, url.host);
      }
    },
  };
}

interface Request {
  readonly url: URL;
  readonly connection: Connection;
  readonly requestId: string | undefined;
  readonly readBody?: GetOptions["read"];
  readonly mayRepeat?: GetOptions["mayRepeat"];
  readonly always?: GetOptions["always"];
}

/**
 * Only valid characters get into a URL: words as path, printable characters as query.
 * @throws KalError for anything else.
 */
function address({ environment }: Connection, path: string, query: string | undefined): URL {
  if (!/^(\/[A-Za-z0-9_-]+)+$/.test(path)) throw new KalError("KAL_COLLECTION_UNKNOWN");
  if (query === undefined) return new URL(`${environment.apiBaseUrl}${path}`);
  if (!/^[\x21\x24-\x7e]*$/.test(query) || query.includes("&")) throw new KalError("KAL_QUERY_INVALID");
  return new URL(`${environment.apiBaseUrl}${path}?query=${query}`);
}

/** Sends only these three headers, nothing from the caller's request. Redirects are not followed. */
function send(
  url: URL,
  token: string,
  signal: AbortSignal,
  options: DataApiClientOptions,
): Promise<Dispatcher.ResponseData> {
  const { dispatcher, userAgent, timeouts } = options;
  return request(url, {
    dispatcher,
    method: "GET",
    headers: { authorization: `Bearer ${token}`, accept: "application/json", "user-agent": userAgent },
    headersTimeout: timeouts.silence,
    bodyTimeout: timeouts.silence,
    signal,
  });
}
