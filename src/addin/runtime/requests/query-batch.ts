/**
 * Sends the queries of one batch window together: one call for each connection. Each query has its own answer or error.
 * @module
 */
import { KalError } from "../../../kalibrate/errors.ts";
import type { QueryAnswer } from "../../../kalibrate/gateway-api.ts";
import type { HeldConnection } from "../session/connection-store.ts";
import { checkAnswer } from "../session/gateway-answers.ts";
import { errorFrom, type GatewayCall, type GatewayClient } from "../session/gateway-client.ts";
import type { Session } from "../session/session.ts";

/** Makes a call of `/query`. @throws KalError; the signal's reason when it aborts */
export type AskQuery = (connection: HeldConnection, call: QueryCall) => Promise<QueryAnswer>;

type QueryCall = GatewayCall & { readonly signal: AbortSignal };

/** Limits of one call: those of the gateway. Characters take up to three bytes each. */
const maxQueries = 10_000;
const maxBodyChars = 5_000_000;

interface Part {
  readonly call: QueryCall;
  readonly resolve: (answer: QueryAnswer) => void;
  readonly reject: (error: unknown) => void;
}

interface Batch {
  readonly parts: Part[];
  characters: number;
}

/** @param atEnd runs a task at the end of the batch window */
export function createQueryBatch(
  { callAs }: Pick<Session, "callAs">,
  { stream }: Pick<GatewayClient, "stream">,
  atEnd: (task: () => void) => void,
): AskQuery {
  const open = new Map<HeldConnection, Batch>();

  const askAlone = (connection: HeldConnection, { call, resolve, reject }: Part) =>
    callAs<QueryAnswer>(connection, call).then(resolve, reject);

  async function send(connection: HeldConnection, all: readonly Part[]): Promise<void> {
    const parts = all.filter(({ call }) => !call.signal.aborted);
    const [only] = parts;
    if (!only) return;
    if (parts.length === 1) return askAlone(connection, only);
    const waiting = new Set(parts);
    const whole = new AbortController();
    for (const part of parts)
      part.call.signal.addEventListener("abort", () => {
        if (waiting.delete(part) && waiting.size === 0) whole.abort();
      });

    function take(line: string): void {
      // An empty line only shows that the service is there.
      if (line === "") return;
      const answer = JSON.parse(line) as { readonly index: number };
      const part = parts[answer.index];
      if (!part || !waiting.delete(part)) return;
      try {
        if ("error" in answer) throw errorFrom(answer, 200);
        part.resolve(checkAnswer("/query", answer) as QueryAnswer);
      } catch (error) {
        part.reject(error);
      }
    }

    const read = async (sent: GatewayCall) => {
      const decoder = new TextDecoder();
      let pending = "";
      await stream(sent, (bytes) => {
        const lines = (pending + decoder.decode(bytes, { stream: true })).split("\n");
        pending = lines.pop() ?? "";
        lines.forEach(take);
      });
    };
    const body = { requests: parts.map(({ call }) => call.body) };
    try {
      await callAs(connection, { method: "POST", path: "/batch", body, signal: whole.signal }, read);
      throw new KalError("KAL_GATEWAY_INTERNAL", { message: "The KAL service’s answer is not complete." });
    } catch (error) {
      // A service of an older version, or a proxy that takes no body of this size.
      const isRefused = error instanceof KalError && error.code === "KAL_REQUEST_INVALID";
      for (const part of waiting) {
        if (isRefused) await askAlone(connection, part);
        else part.reject(error);
      }
    }
  }

  return (connection, call) =>
    new Promise((resolve, reject) => {
      const { length } = JSON.stringify(call.body);
      let batch = open.get(connection);
      if (!batch || batch.parts.length >= maxQueries || batch.characters + length > maxBodyChars) {
        const fresh: Batch = (batch = { parts: [], characters: 0 });
        open.set(connection, fresh);
        atEnd(() => {
          if (open.get(connection) === fresh) open.delete(connection);
          void send(connection, fresh.parts);
        });
      }
      batch.parts.push({ call, resolve, reject });
      call.signal.addEventListener("abort", () => reject(call.signal.reason as Error));
      batch.characters += length;
    });
}
