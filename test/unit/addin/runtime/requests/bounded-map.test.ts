import fc from "fast-check";
import { LRUCache } from "lru-cache";
import { expect, it } from "vitest";
import { createBoundedMap } from "../../../../../src/addin/runtime/requests/bounded-map.ts";

const key = fc.constantFrom("a", "b", "c", "d", "e");
const step = fc.oneof(
  fc.record({ act: fc.constant("get" as const), key }),
  fc.record({ act: fc.constant("peek" as const), key }),
  fc.record({ act: fc.constant("set" as const), key, weight: fc.integer({ min: 1, max: 12 }) }),
);

it("keeps and forgets the same as lru-cache, whatever is done", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const bounded = createBoundedMap<number>(10);
      const model = new LRUCache<string, { value: number }>({ maxSize: 10 });
      steps.forEach((step, value) => {
        if (step.act === "set") {
          bounded.set(step.key, value, step.weight);
          model.set(step.key, { value }, { size: step.weight });
        } else expect(bounded[step.act](step.key)).toBe(model[step.act](step.key)?.value);
      });
      for (const name of ["a", "b", "c", "d", "e"]) expect(bounded.peek(name)).toBe(model.peek(name)?.value);
    }),
  );
});

it("counts values where they have no weight", () => {
  const bounded = createBoundedMap<number>(2);
  for (const [at, name] of ["a", "b", "c"].entries()) bounded.set(name, at);
  expect(["a", "b", "c"].map(bounded.peek)).toEqual([undefined, 1, 2]);
});
