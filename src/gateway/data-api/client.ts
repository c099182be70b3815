/**
 * The Data API client: one GET, authorised, with every refusal put into the catalogue's words.
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
  /** Value of the `query` parameter, already encoded: it is put into the URL as it is. */
  readonly query?: string | undefined;
  /** Ends the request with all its repeats: its caller has gone, or the time for the whole call is up. */
  readonly signal: AbortSignal;
  readonly requestId?: string | undefined;
  /** Reads the body of a good answer as it comes, in place of parsing it whole; called anew for a repeat, not for 204. */
  readonly read?: ((body: AsyncIterable<Buffer>) => Promise<void>) | undefined;
  /** Whether a request that failed may be repeated: not when part of its answer has been used. */
  readonly mayRepeat?: (() => boolean) | undefined;
  /** True for a small question that is asked also while the API is left alone, as when somebody connects. */
  readonly always?: boolean | undefined;
}

export interface Answer {
  /** Parsed JSON; an empty list for 204, and where `read` has read the body. */
  readonly body: unknown;
  /** Milliseconds from sending to the last byte. */
  readonly latency: number;
  /** Of a body that was parsed. */
  readonly bytes: number;
  /** Names in lower case. */
  readonly headers: IncomingHttpHeaders;
}

export interface DataApiClient {
  /**
   * Fetches `{apiBaseUrl}{path}`: again where a repeat may help, with a new token where the first one is refused,
   * and not at all while the API is known to be down.
   * @param path such as `/price` or `/reference/brand`.
   * @throws KalError; the signal's reason when aborted.
   */
  get(connection: Connection, path: string, options: GetOptions): Promise<Answer>;
}

export interface DataApiClientOptions {
  readonly dispatcher: Dispatcher;
  readonly tokenService: TokenService;
  /** Names credential and base URL of a connection: faults of one say nothing about another. */
  readonly ownerOf: (connection: Connection) => string;
  readonly userAgent: string;
  readonly log: Log;
  /** Milliseconds: of silence, and for one attempt read to its end. All attempts together end with the caller's signal. */
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
 * @param outcome `ok`, or the code of the catalogue's error.
 * @param seconds from sending to the last byte.
 */
export type MeasureAttempt = (environment: Environment, outcome: "ok" | ErrorCode, seconds: number) => void;

/** The smallest request; nothing of its answer is cached. */
export const statusPath = "/status";

export function createDataApiClient(options: DataApiClientOptions): DataApiClient {
  const { tokenService, log, timeouts, now, steady, pause } = options;
  const breakerOf = createCircuitBreakers(options.ownerOf, steady, (environment, state, before) => {
    const { host } = new URL(environment.apiBaseUrl);
    log.warn({ host, state }, "the circuit breaker changed its state");
    options.onBreakerChange(environment, state, before);
  });

  /** @returns undefined where the token is refused. */
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
      // The caller has gone, or all of the time is up: nothing of it is the API's doing.
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
 * Only what a query can be gets into a URL: words as path, printable characters as query.
 * @throws KalError for anything else.
 */
function address({ environment }: Connection, path: string, query: string | undefined): URL {
  if (!/^(\/[A-Za-z0-9_-]+)+$/.test(path)) throw new KalError("KAL_COLLECTION_UNKNOWN");
  if (query === undefined) return new URL(`${environment.apiBaseUrl}${path}`);
  if (!/^[\x21\x24-\x7e]*$/.test(query) || query.includes("&")) throw new KalError("KAL_QUERY_INVALID");
  return new URL(`${environment.apiBaseUrl}${path}?query=${query}`);
}

/** Sends these three headers only, nothing from the caller's request. Redirects are not followed. */
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
