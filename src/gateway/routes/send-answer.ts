/**
 * What every route for data does: finds the connection, makes the answer, sends it in pieces.
 * @module
 */
import type { FastifyReply, FastifyRequest } from "fastify";
import type { LookupAnswer, QueryAnswer } from "../../kalibrate/gateway-api.ts";
import type { AnswerShare } from "../answer-memory.ts";
import type { AnswerContext, MakeAnswerContext } from "../answers/context.ts";
import { sessionOf } from "../hooks/access.ts";
import { connectionFor } from "../sessions/connection-for.ts";
import { jsonList, jsonType, makeAnswer, sendPieces } from "./pieces.ts";
import { tableForm } from "./table-form.ts";

/**
 * The context of a request's answer.
 * @throws KalError KAL_CONNECTION_UNKNOWN, KAL_FORBIDDEN, KAL_REQUEST_INVALID; see `connectionFor`.
 */
export function contextOf(
  request: FastifyRequest,
  connection: string | undefined,
  contextFor: MakeAnswerContext,
): AnswerContext {
  const { callerSignal: signal, id: requestId } = request;
  return contextFor(connectionFor(sessionOf(request), connection), { signal, requestId });
}

/**
 * Sends a table in the form that the caller asks for.
 * @param make counts what it reads with the share.
 * @returns the body, typed as the answer that the route's schema describes: pieces are sent without a serialiser.
 */
export async function sendTable(
  reply: FastifyReply,
  context: AnswerContext,
  make: (share: AnswerShare) => Promise<QueryAnswer>,
): Promise<QueryAnswer> {
  const { request } = reply;
  const { type, partsOf } = tableForm(request);
  const pieces = await makeAnswer(reply, context, async (share) => {
    const answer = await make(share);
    request.rows = answer.rowCount;
    return partsOf(answer);
  });
  return sendPieces(reply, pieces, type) as unknown as QueryAnswer;
}

/** Sends values for cells. In pieces as well, because a few keys can request many long texts. */
export async function sendLookup(
  reply: FastifyReply,
  context: AnswerContext,
  make: () => Promise<LookupAnswer>,
): Promise<LookupAnswer> {
  const pieces = await makeAnswer(reply, context, async () => lookupJson(await make()));
  return sendPieces(reply, pieces, jsonType) as unknown as LookupAnswer;
}

export function* lookupJson({ results, ...rest }: LookupAnswer): Generator<string> {
  yield `${JSON.stringify(rest).slice(0, -1)},"results":`;
  yield* jsonList(results, (list) => jsonList(list, (result) => [JSON.stringify(result)]));
  yield "}";
}
