import { expect, it } from "vitest";
import { refuseEndlessNesting } from "../../../../src/kalibrate/documents/nesting.ts";

/** A value inside this many lists or objects. */
const nested = (levels: number, wrap: (value: unknown) => unknown): unknown =>
  levels === 0 ? "value" : wrap(nested(levels - 1, wrap));

it.each<[string, (value: unknown) => unknown]>([
  ["lists", (value) => [value]],
  ["objects", (name) => ({ name })],
])("a hundred levels of %s are accepted, one more is an invalid answer", (_, wrap) => {
  expect(() => refuseEndlessNesting(nested(100, wrap))).not.toThrow();
  expect(() => refuseEndlessNesting(nested(101, wrap))).toThrow(
    expect.objectContaining({ code: "KAL_UPSTREAM_INVALID" }) as Error,
  );
});
