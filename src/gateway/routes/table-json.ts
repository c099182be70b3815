/**
 * Writes a table as JSON text, in parts.
 * @module
 */
import type { QueryAnswer } from "../../kalibrate/gateway-api.ts";
import { jsonList } from "./pieces.ts";

export function* tableJson({ rows, ...rest }: QueryAnswer): Generator<string> {
  yield `${JSON.stringify(rest).slice(0, -1)},"rows":`;
  yield* jsonList(rows, (row) => [JSON.stringify(row)]);
  yield "}";
}
