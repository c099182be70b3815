/**
 * Many queries at once: those that differ in one filter are answered from one slice where that is cheaper, each other one
 * by itself.
 * @module
 */
import pLimit from "p-limit";
import { KalError } from "../../kalibrate/errors.ts";
import type { QueryAnswer } from "../../kalibrate/gateway-api.ts";
import { groupBy } from "../../kalibrate/group-by.ts";
import type { AnswerShare } from "../answer-memory.ts";
import type { Connection } from "../sessions/connection.ts";
import { createPauses } from "../pauses.ts";
import { findGroups, type Group } from "../plan/groups.ts";
import type { AnswerContext } from "./context.ts";
import { pullGroup } from "./group.ts";
import { shareTable, withoutPositions } from "./shared-table.ts";
import { makeTable, type TableRequest } from "./table.ts";

/** One query of a batch. */
export interface BatchPart {
  /** Its place in the batch. */
  readonly at: number;
  readonly connection: Connection;
  readonly request: TableRequest;
  readonly context: AnswerContext;
}

export interface BatchCaller {
  readonly signal: AbortSignal;
  /** Pulls at once. */
  readonly width: number;
  /** Runs a pull for a query when it is its turn, with a deadline of its own. */
  readonly run: <T>(part: BatchPart, pull: (context: AnswerContext) => Promise<T>) => Promise<T>;
  /** Makes an answer and takes it. @throws what `make` throws. */
  readonly give: (part: BatchPart, make: (share: AnswerShare) => Promise<QueryAnswer>) => Promise<void>;
  readonly fail: (part: BatchPart, error: unknown) => Promise<void>;
}

/** Answers each query, as soon as its answer is there. Resolves when all are answered. */
export async function answerBatch(parts: readonly BatchPart[], caller: BatchCaller): Promise<void> {
  const limit = pLimit(caller.width);
  const pauses = createPauses(caller.signal);
  const { groups, alone } = findGroups(
    parts.map((part) => ({ ...part.request, part })),
    ({ part: { context, request } }) => [context.owner, { ...request, query: undefined, address: undefined }],
  );

  /** Equal queries are one. */
  const askAlone = (equal: readonly BatchPart[]): Promise<void> =>
    limit(async () => {
      const left = [...equal];
      try {
        // Answers from memory, and suggestions for codes that do not exist, leave the event loop no gap.
        await pauses();
        let pulled: Promise<QueryAnswer> | undefined;
        for (const part of equal) {
          await caller.give(
            part,
            (share) => (pulled ??= caller.run(part, (context) => shareTable(part.request, context, share))),
          );
          left.shift();
        }
      } catch (error) {
        for (const part of left) await caller.fail(part, error);
      }
    });

  async function answerGroup(group: Group<BatchPart>): Promise<void> {
    const [first] = group.parts;
    if (!first) return;
    // Asked alone, each query says by itself what is wrong.
    const find = await limit(() =>
      caller.run(first, (context) => pullGroup(group, context)).catch(() => undefined),
    );
    const left: BatchPart[] = [];
    for (const part of group.parts) {
      const pause = pauses();
      if (pause) await pause;
      const answered =
        find &&
        (await caller
          .give(part, async (share) =>
            makeTable(part.request, part.context, share, undefined, find(part.request)),
          )
          .then(
            () => true,
            async (error: unknown) => {
              // Found out from the query and what it refers to, so it would be the same alone.
              if (!(error instanceof KalError) || error.code !== "KAL_NO_ROWS") return false;
              await caller.fail(part, error);
              return true;
            },
          ));
      if (answered !== true) left.push(part);
    }
    await Promise.all(equalOnes(left).map(askAlone));
  }

  await Promise.all([
    ...groups.map(({ filter, parts: same, values }) =>
      answerGroup({ filter, parts: same.map(({ part }) => part), values }),
    ),
    ...equalOnes(alone.map(({ part }) => part)).map(askAlone),
  ]);
}

function equalOnes(parts: readonly BatchPart[]): readonly (readonly BatchPart[])[] {
  const byName = groupBy(parts, ({ context, request: { address, query, ...others } }) =>
    JSON.stringify([context.owner, address.path, address.entityType, withoutPositions(query), others]),
  );
  return [...byName.values()];
}
