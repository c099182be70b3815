/**
 * Calls the gateway: sends JSON; returns JSON, a stream of lines, or a KalError.
 * @module
 */
import { anySignal } from "../any-signal.ts";
import { KalError } from "../../../kalibrate/errors.ts";
import { connectionHeader, type ErrorAnswer, requestHeader } from "../../../kalibrate/gateway-api.ts";
import { checkAnswer, failure, isLike } from "./gateway-answers.ts";
import { localNetworkAdvice } from "./local-network.ts";
import type { Reachability } from "./reachability.ts";
import type { ServiceClock } from "./service-clock.ts";

export interface GatewayCall {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** After `/api/v1`: `/query`. */
  readonly path: string;
  readonly body?: unknown;
  readonly ticket?: string;
  /** Which connection is meant, where the ticket opens several: calls wait for their turn before bodies are read. */
  readonly connection?: string | undefined;
  readonly signal?: AbortSignal;
}

/**
 * Time without data from the gateway before a call fails. The gateway's own deadline is shorter. Every promise that
 * Excel waits for must settle. Milliseconds.
 */
const maxSilenceMs = 180_000;

export interface GatewayClient {
  /**
   * Makes a call. The gateway serves these pages, so its address is the page's own origin.
   * @returns the parsed body; undefined for 204.
   * @throws KalError with the gateway's code, or KAL_OFFLINE, KAL_TIMEOUT; the signal's reason when aborted.
   */
  readonly call: (call: GatewayCall) => Promise<unknown>;
  /**
   * Makes a call whose answer is lines of JSON, and passes on its bytes as they arrive.
   * @param take an exception that it throws ends the call
   * @throws as `call`; KAL_OFFLINE also if the network fails during the answer.
   */
  readonly stream: (call: GatewayCall, take: (bytes: Uint8Array) => void) => Promise<void>;
}

export function createGatewayClient(reachability: Reachability, serviceClock: ServiceClock): GatewayClient {
  /** @param read reads the answer; calls `heard` when data arrives, to restart the time-out */
  async function exchange<Answer>(
    call: GatewayCall,
    accept: string,
    read: (response: Response, heard: () => void) => Promise<Answer>,
  ): Promise<Answer | undefined> {
    const headers: Record<string, string> = { [requestHeader.name]: requestHeader.value, Accept: accept };
    if (call.ticket !== undefined) headers["Authorization"] = `Bearer ${call.ticket}`;
    if (call.connection) headers[connectionHeader] = encodeURIComponent(call.connection);
    if (call.body !== undefined) headers["Content-Type"] = "application/json";
    const silence = new AbortController();
    const giveUp = () => silence.abort();
    let timer = setTimeout(giveUp, maxSilenceMs);
    const heard = () => {
      clearTimeout(timer);
      timer = setTimeout(giveUp, maxSilenceMs);
    };
    const readAnswer = (response: Response): Promise<unknown> =>
      response.ok ? read(response, heard) : response.json();
    try {
      const response = await fetch(`/api/v1${call.path}`, {
        method: call.method,
        headers,
        body: call.body === undefined ? null : JSON.stringify(call.body),
        signal: call.signal ? anySignal([call.signal, silence.signal]) : silence.signal,
        cache: "no-store",
        credentials: "omit",
        redirect: "error",
      });
      serviceClock.note(response.headers.get("Date"));
      const answer = response.status === 204 ? undefined : await readAnswer(response);
      reachability.note(true);
      if (response.ok) return answer as Answer | undefined;
      throw errorFrom(answer, response.status);
    } catch (error) {
      if (error instanceof KalError) throw error;
      if (call.signal?.aborted) throw call.signal.reason;
      if (silence.signal.aborted) throw new KalError("KAL_TIMEOUT", { cause: error });
      reachability.note(false);
      // A body that is not JSON does not come from our service but from a proxy or a sign-in page.
      if (error instanceof SyntaxError) {
        throw new KalError("KAL_OFFLINE", {
          message: "Something other than the KAL service answered.",
          cause: error,
        });
      }
      throw new KalError("KAL_OFFLINE", { hint: await localNetworkAdvice(), cause: error });
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    call: (call) =>
      exchange(call, "application/json", async (response) => checkAnswer(call.path, await response.json())),
    async stream(call, take) {
      await exchange(call, "application/x-ndjson", async ({ body }, heard) => {
        const reader = body?.getReader();
        try {
          for (let piece = await reader?.read(); piece?.value; piece = await reader?.read()) {
            heard();
            take(piece.value);
          }
        } catch (error) {
          await reader?.cancel().catch(() => undefined);
          throw error;
        }
      });
    },
  };
}

/** The error that an answer holds. */
export function errorFrom(body: unknown, status: number): KalError {
  if (!isLike(body, { error: failure })) {
    return new KalError("KAL_GATEWAY_INTERNAL", {
      message: `The KAL service answered with status ${status}.`,
    });
  }
  const { code, message, hint, retryAfter, requestId } = (body as ErrorAnswer).error;
  return new KalError(code, {
    message,
    hint,
    retryAfter: typeof retryAfter === "number" ? retryAfter : undefined,
    requestId: typeof requestId === "string" ? requestId : undefined,
  });
}
