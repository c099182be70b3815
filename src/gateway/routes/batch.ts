/**
 * `POST /api/v1/batch`: many queries as one call, each with its own answer or error.
 *
 * The call itself holds no turn and has no deadline: each of its pulls has both, so a slow query delays no other one.
 * @module
 */
import { setMaxListeners } from "node:events";
import { Readable } from "node:stream";
import { type FastifyPluginAsyncTypebox, TypeBoxValidatorCompiler } from "@fastify/type-provider-typebox";
import type { FastifyError, FastifyRequest } from "fastify";
import { KalError } from "../../kalibrate/errors.ts";
import type { BatchAnswer, QueryRequest } from "../../kalibrate/gateway-api.ts";
import type { AnswerMemory } from "../answer-memory.ts";
import { answerBatch, type BatchPart } from "../answers/batch.ts";
import type { MakeAnswerContext } from "../answers/context.ts";
import { readTableRequest } from "../answers/table.ts";
import { withDeadline } from "../deadline.ts";
import { asKalError, problemError, toAnswer } from "../error-answer.ts";
import { sessionOf } from "../hooks/access.ts";
import type { PartOutcome } from "../hooks/audit.ts";
import { shareOf } from "../hooks/share.ts";
import { createPauses } from "../pauses.ts";
import type { Connection } from "../sessions/connection.ts";
import type { CredentialKey } from "../sessions/credential-key.ts";
import { connectionFor } from "../sessions/connection-for.ts";
import { batchAnswers, batchEnvelope, batchRequest } from "./batch-schemas.ts";
import { createOutbox } from "./outbox.ts";
import { jsonList, jsonType, makeAnswer, sendPieces } from "./pieces.ts";
import { queryRequest } from "./query-schemas.ts";
import { tableJson } from "./table-form.ts";

const ndjson = "application/x-ndjson";

/** Bytes of a body: ten thousand queries. */
const maxBody = 16_777_216;

export interface BatchOptions {
  readonly contextFor: MakeAnswerContext;
  readonly answerMemory: AnswerMemory;
  readonly credentialKey: CredentialKey;
  /** Pulls of one batch at once. */
  readonly width: number;
  /** Seconds for each pull. */
  readonly partTimeout: number;
}

export const batchRoute: FastifyPluginAsyncTypebox<BatchOptions> = async (app, options) => {
  const { answerMemory: memory, credentialKey } = options;
  app.post(
    "/api/v1/batch",
    {
      bodyLimit: maxBody,
      config: { deadline: false },
      validatorCompiler: (part) => TypeBoxValidatorCompiler({ ...part, schema: batchEnvelope }),
      schema: { summary: "Many queries", body: batchRequest, response: batchAnswers },
    },
    async (request, reply) => {
      const { callerSignal: signal, headers } = request;
      const { owner } = shareOf(sessionOf(request), headers, credentialKey);
      if (headers.accept?.includes(ndjson) !== true) {
        const pieces = await makeAnswer(reply, { memory, owner, signal }, async (share) => {
          const texts: string[] = [];
          await answerAll(request, options, owner, async (at, text) => {
            texts[at] = text;
            share.add(text.length);
            await share.admitted();
          });
          return allJson(texts);
        });
        return sendPieces(reply, pieces, jsonType) as unknown as BatchAnswer;
      }
      const share = memory.open(owner, signal);
      reply.raw.once("close", () => share.shrink(0));
      const outbox = createOutbox(share);
      void answerAll(request, options, owner, (at, text) => outbox.put(`{"index":${at},${text.slice(1)}`))
        .catch((error: unknown) => {
          if (!signal.aborted) request.log.error({ error }, "a batch broke off");
        })
        .finally(outbox.end);
      void reply.type(ndjson);
      const lines = Readable.from(
        outbox.read(() => request.readTimer?.refresh()),
        { highWaterMark: 1 },
      );
      return lines as unknown as BatchAnswer;
    },
  );
};

function* allJson(texts: readonly string[]): Generator<string> {
  yield '{"answers":';
  yield* jsonList(texts, (text) => [text]);
  yield "}";
}

const checkQuery = TypeBoxValidatorCompiler({
  schema: queryRequest,
  method: "POST",
  url: "",
  httpPart: "body",
});

/** @throws KalError KAL_REQUEST_INVALID */
function readQueryRequest(given: unknown): QueryRequest {
  const { value, error } = checkQuery(given) as {
    value?: QueryRequest;
    error?: Parameters<typeof problemError>[0];
  };
  if (error || !value) throw problemError(error ?? []);
  return value;
}

/**
 * Answers every query of a batch.
 * @param take gets each answer's or error's JSON, in any order.
 */
async function answerAll(
  request: FastifyRequest,
  { contextFor, answerMemory, width, partTimeout }: BatchOptions,
  owner: string,
  take: (at: number, text: string) => Promise<void>,
): Promise<void> {
  const { callerSignal: signal, id: requestId } = request;
  const session = sessionOf(request);
  const { requests } = request.body as { readonly requests: readonly unknown[] };
  const outcomes: PartOutcome[] = [];
  request.parts = outcomes;
  // Each pull listens to it. Node warns from the eleventh listener on.
  setMaxListeners(0, signal);
  request.turn?.end();
  const pauses = createPauses(signal);
  const contextOf = once((connection: Connection) => contextFor(connection, { signal, requestId }));

  async function fail(at: number, error: unknown): Promise<void> {
    signal.throwIfAborted();
    const known = asKalError(error as FastifyError);
    if (known.code === "KAL_GATEWAY_INTERNAL") request.log.error({ error }, "unforeseen error");
    outcomes[at] = { code: known.code };
    await take(at, JSON.stringify(toAnswer(known, requestId)));
  }

  const parts: BatchPart[] = [];
  for (const [at, given] of requests.entries()) {
    const pause = pauses();
    if (pause) await pause;
    try {
      const body = readQueryRequest(given);
      const connection = connectionFor(session, body.connection);
      const context = contextOf(connection);
      parts.push({ at, connection, context, request: readTableRequest(body, context) });
    } catch (error) {
      await fail(at, error);
    }
  }

  await answerBatch(parts, {
    signal,
    width,
    async run({ connection, context }, pull) {
      request.countCall?.(connection);
      const end = await request.turn?.take(connection, signal);
      try {
        return await withDeadline(
          partTimeout * 1000,
          signal,
          (stop) => pull({ ...context, signal: stop }),
          () =>
            new KalError("KAL_TIMEOUT", { message: `The whole answer took longer than ${partTimeout} s.` }),
        );
      } finally {
        end?.();
      }
    },
    async give({ at }, make) {
      const share = answerMemory.open(owner, signal);
      try {
        const answer = await make(share);
        let text = "";
        for (const piece of tableJson(answer)) {
          text += piece;
          const pause = pauses();
          if (pause) await pause;
        }
        outcomes[at] = { rows: answer.rowCount };
        await take(at, text);
      } finally {
        share.shrink(0);
      }
    },
    fail: ({ at }, error) => fail(at, error),
  });
}

/** The same result for the same key. */
function once<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const made = new Map<Key, Value>();
  return (key) => {
    const known = made.get(key) ?? make(key);
    made.set(key, known);
    return known;
  };
}
