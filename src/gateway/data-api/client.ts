/**
 * The Data API client: one GET, authorised, with every refusal put into the catalogue's words.
 * @module
 */
import { type Dispatcher, request } from "undici";
import { KalError } from "../../kalibrate/errors.ts";
import { withDeadline } from "../deadline.ts";
import type { Log } from "../observe/log.ts";
import { parseRetryAfter } from "../retry-after.ts";
import type { Connection } from "../sessions/connection.ts";
import type { TokenService } from "../token-service/token-service.ts";
import { errorFromFailure, errorFromStatus } from "./answer-errors.ts";
import { collect, collectBeginning, parseJson } from "./body.ts";
import { excerpt } from "./excerpt.ts";

export interface GetOptions {
  /** Value of the `query` parameter, already encoded: it is put into the URL as it is. */
  readonly query?: string | undefined;
  /** Stops the request when its caller has gone. */
  readonly signal?: AbortSignal | undefined;
  readonly requestId?: string | undefined;
  /** Reads the body of a good answer as it comes, in place of parsing it whole; not called for 204. */
  readonly read?: ((body: AsyncIterable<Buffer>) => Promise<void>) | undefined;
}

export interface Answer {
  /** Parsed JSON; an empty list for 204, and where `read` has read the body. */
  readonly body: unknown;
  /** Milliseconds from sending to the last byte. */
  readonly latency: number;
  /** Of a body that was parsed. */
  readonly bytes: number;
}

export interface DataApiClient {
  /**
   * Fetches `{apiBaseUrl}{path}`, and once more with a new token when the first one is refused.
   * @param path such as `/price` or `/reference/brand`.
   * @throws KalError; the signal's reason when aborted.
   */
  get(connection: Connection, path: string, options?: GetOptions): Promise<Answer>;
}

export interface DataApiClientOptions {
  readonly dispatcher: Dispatcher;
  readonly tokenService: TokenService;
  readonly userAgent: string;
  readonly log: Log;
  /** Milliseconds: of silence, and for a whole answer. */
  readonly timeouts: { readonly silence: number; readonly answer: number };
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

export function createDataApiClient(options: DataApiClientOptions): DataApiClient {
  const { tokenService, log, timeouts, now } = options;

  async function open(request: Request, signal: AbortSignal, rejected?: string): Promise<Opened> {
    const { url, connection, requestId } = request;
    const token = await tokenService.token(connection, {
      ...(requestId && { requestId }),
      ...(rejected && { rejected }),
    });
    const started = performance.now();
    return { token: token.text, started, response: await send(url, token.text, signal, options) };
  }

  /** A token may be revoked before its time; another one is worth one try. */
  async function openWithGoodToken(request: Request, signal: AbortSignal): Promise<Opened> {
    const first = await open(request, signal);
    if (first.response.statusCode !== 401) return first;
    await first.response.body.dump();
    const { requestId, url } = request;
    log.info(
      { requestId, host: url.host, upstreamStatus: 401 },
      "token refused by the Data API; trying a new one",
    );
    return open(request, signal, first.token);
  }

  async function read(
    { response, started, token }: Opened,
    { url, connection, requestId, readBody }: Request,
  ): Promise<Answer> {
    const { statusCode, headers, body } = response;
    if (statusCode === 204) {
      await body.dump();
      return { body: [], latency: performance.now() - started, bytes: 0 };
    }
    if (statusCode !== 200) {
      const reason = excerpt(await collectBeginning(body), [token, connection.credentials.clientSecret]);
      log.info({ requestId, host: url.host, upstreamStatus: statusCode }, "refused by the Data API");
      throw errorFromStatus(statusCode, reason, parseRetryAfter(headers["retry-after"], now()));
    }
    if (readBody) {
      await readBody(body as AsyncIterable<Buffer>);
      return { body: [], latency: performance.now() - started, bytes: 0 };
    }
    const bytes = await collect(body);
    const latency = performance.now() - started;
    return { body: parseJson(bytes), latency, bytes: bytes.length };
  }

  return {
    async get(connection, path, { query, signal, requestId, read: readBody } = {}) {
      const url = address(connection, path, query);
      const request = { url, connection, requestId, readBody };
      let begun = false;
      try {
        return await withDeadline(timeouts.answer, signal, async (either) => {
          const opened = await openWithGoodToken(request, either);
          begun = true;
          return read(opened, request);
        });
      } catch (error) {
        if (error instanceof KalError) throw error;
        signal?.throwIfAborted();
        log.warn({ requestId, host: url.host, error }, "no whole answer from the Data API");
        throw errorFromFailure(error, begun, url.host);
      }
    },
  };
}

interface Request {
  readonly url: URL;
  readonly connection: Connection;
  readonly requestId: string | undefined;
  readonly readBody: GetOptions["read"];
}

/** An answer whose headers are here and whose body is still to be read. */
interface Opened {
  readonly response: Dispatcher.ResponseData;
  readonly token: string;
  /** On the clock of `performance.now()`. */
  readonly started: number;
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

/** Nothing of the caller's request goes along: the headers are these three. Redirects are not followed. */
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
