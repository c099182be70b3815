/**
 * Templates for parts that exist only while there is something to show.
 * @module
 */
import { type ExecutionContext, repeat, type ViewTemplate } from "@microsoft/fast-element";

/** Renders an optional value as a list of one or none, so that its template never gets undefined. */
export function present<Source, Value, Parent = unknown>(
  valueOf: (source: Source, context: ExecutionContext<Parent>) => Value | undefined,
  template: ViewTemplate<Value>,
) {
  return repeat<Source, readonly Value[], Parent>((source, context) => {
    const value = valueOf(source, context);
    return value === undefined ? [] : [value];
  }, template);
}
