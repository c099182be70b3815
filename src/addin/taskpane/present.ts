/**
 * Parts of a view that are there only while there is something to show.
 * @module
 */
import { repeat, type ViewTemplate } from "@microsoft/fast-element";

/** Renders a value that may be absent. As a list of one or none, so that its template never meets undefined. */
export function present<Source, Value>(
  valueOf: (source: Source) => Value | undefined,
  template: ViewTemplate<Value>,
) {
  return repeat<Source>((source) => {
    const value = valueOf(source);
    return value === undefined ? [] : [value];
  }, template);
}
