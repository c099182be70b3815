import { expect, it, onTestFinished, vi } from "vitest";
import type { HeldConnection } from "../../../../../../src/addin/runtime/session/connection-store.ts";
import { createPreview } from "../../../../../../src/addin/taskpane/builder/preview/preview.ts";

function open() {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const asked: string[] = [];
  let draft = { subject: "site", text: "" };
  const preview = createPreview(
    () => {
      const { subject, text } = draft;
      return {
        subject,
        ask() {
          asked.push(subject + text);
          return Promise.resolve({ columns: [], rows: [], rowCount: 0, asOf: "" } as never);
        },
        count: () => Promise.resolve(undefined),
      };
    },
    () => ({}) as HeldConnection,
  );
  const change = (subject: string, text = "") => {
    draft = { subject, text };
    void preview.update();
  };
  return { asked, change };
}

it("asks at once for what has been chosen, and after a pause for what is typed", async () => {
  const { asked, change } = open();
  change("site");
  await vi.advanceTimersByTimeAsync(0);
  expect(asked).toEqual(["site"]);
  for (const text of [" a", " ab", " abc"]) change("site", text);
  await vi.advanceTimersByTimeAsync(300);
  expect(asked).toEqual(["site"]);
  await vi.advanceTimersByTimeAsync(100);
  expect(asked).toEqual(["site", "site abc"]);
});

it("asks for the first and the last of those that somebody steps through", async () => {
  const { asked, change } = open();
  for (const subject of ["price", "product", "site"]) change(subject);
  await vi.advanceTimersByTimeAsync(400);
  expect(asked.at(-1)).toBe("site");
  expect(asked).not.toContain("product");
});
