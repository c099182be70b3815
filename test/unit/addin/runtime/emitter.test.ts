import { expect, it, vi } from "vitest";
import { createEmitter } from "../../../../src/addin/runtime/emitter.ts";

it("calls its listeners in their order with each event, until they end", () => {
  const { on, emit } = createEmitter<string>();
  const heard: string[] = [];
  const stop = on((event) => heard.push(`first ${event}`));
  on((event) => heard.push(`second ${event}`));
  emit("a");
  stop();
  emit("b");
  expect(heard).toEqual(["first a", "second a", "second b"]);
});

it("takes the same function twice, each by itself", () => {
  const { on, emit } = createEmitter();
  const listener = vi.fn();
  const stop = on(listener);
  on(listener);
  stop();
  stop();
  emit();
  expect(listener).toHaveBeenCalledOnce();
});

it("calls one that is added by another from the next event on", () => {
  const { on, emit } = createEmitter();
  const late = vi.fn();
  const stop = on(() => {
    stop();
    on(late);
  });
  emit();
  expect(late).not.toHaveBeenCalled();
  emit();
  expect(late).toHaveBeenCalledOnce();
});
