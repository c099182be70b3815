/**
 * Parts of a view that are there only while there is something to show.
 * @module
 */
import { type ExecutionContext, repeat, type ViewTemplate } from "@microsoft/fast-element";

/** Renders a value that may be absent. As a list of one or none, so that its template never meets undefined. */
export function present<Source, Value, Parent = unknown>(
  valueOf: (source: Source, context: ExecutionContext<Parent>) => Value | undefined,
  template: ViewTemplate<Value>,
) {
  return repeat<Source, readonly Value[], Parent>((source, context) => {
    const value = valueOf(source, context);
    return value === undefined ? [] : [value];
  }, template);
}
