/**
 * KAL.SUMMARY: groups and figures of a slice as a table. Apart from its arguments it works like KAL.QUERY.
 * @module
 */
import { splitConnection } from "../../kalibrate/connection-name.ts";
import type { SummaryRequest } from "../../kalibrate/gateway-api.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { readLimit, readQuery, readRequiredText, readTexts } from "./arguments.ts";
import type { ForExcel } from "./call.ts";
import { nowText } from "../runtime/now-text.ts";
import { createTableFunction, maxAnswerChars } from "./table-function.ts";

const names = ["collection", "query", "by", "measures", "headers", "limit"] as const;

export function createSummary(runtime: Runtime, forExcel: ForExcel) {
  return createTableFunction<(typeof names)[number], SummaryRequest>(
    runtime,
    forExcel,
    "summary",
    names,
    (given, now) => {
      const { connection, collection } = splitConnection(readRequiredText("collection", given.collection));
      const query = readQuery(given.query, now);
      // Each cell may hold one or several expressions, which the gateway separates.
      const by = readTexts(given.by);
      const measures = readTexts(given.measures);
      const limit = readLimit(given.limit);
      return {
        connection,
        values: [collection, query, by, measures, limit],
        about: { collection, query },
        body: () => ({
          collection,
          query,
          by,
          measures,
          now: nowText(new Date(runtime.batchWindow.wallTime())),
          limit,
          maxChars: maxAnswerChars,
        }),
      };
    },
  );
}
