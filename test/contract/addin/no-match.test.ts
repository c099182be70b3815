/** #N/A as an answer: a product that a site does not sell is not a failure. */
import { expect, it } from "vitest";
import { openProfile } from "./walk/flows.ts";

it("does not retry a lookup without a record", async () => {
  const opened = await openProfile("windows");
  await opened.put("B2", "miss", 1);
  expect(opened.value("B2")).toBe("#N/A");
  opened.excel.calculated.length = 0;
  expect((await opened.press("retryFailed"))!.note).toBe("nothingFailed");
  expect(opened.excel.calculated).toEqual([]);
});

it("retries a failed call beside it", async () => {
  const opened = await openProfile("windows");
  await opened.put("B2", "miss", 1);
  opened.connect(false);
  await opened.put("B4", "number", 1);
  opened.excel.calculated.length = 0;
  opened.connect(true);
  await opened.press("retryFailed");
  await opened.settle();
  expect(opened.excel.calculated).not.toContain("Sheet1!B2");
  expect(opened.value("B4")).toBe(1_000_010);
});
