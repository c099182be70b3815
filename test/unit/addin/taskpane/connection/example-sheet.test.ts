/** The example sheet: what stands in its columns fits into them. */
import { expect, it } from "vitest";
import {
  columnWidths,
  exampleSheet,
} from "../../../../../src/addin/taskpane/connection/example/example-sheet.ts";

/** Points, estimated generously for 11-point text: per character, and for the space beside it. */
const character = { bold: 7, plain: 6.5 };
const padding = 8;

const columnOf = (address: string) => address.charCodeAt(0) - "A".charCodeAt(0);

it("no heading is clipped", () => {
  const headings = exampleSheet("sample")
    .filter(({ look }) => look === "headers" || look === "headersRight")
    .flatMap(({ address, cells }) =>
      (cells[0] ?? []).map((text, at) => ({ text, column: columnOf(address) + at })),
    );
  expect(headings.map(({ text }) => text)).toContain("Premium Diesel");
  const clipped = headings.filter(
    ({ text, column }) => text.length * character.bold + padding > columnWidths[column]!,
  );
  expect(clipped).toEqual([]);
});

it("no date shows ####", () => {
  const dates = exampleSheet("sample").filter(({ look }) => look === "moment");
  expect(dates).toHaveLength(1);
  for (const { address } of dates) {
    expect(columnWidths[columnOf(address)]).toBeGreaterThan(
      "2026-11-30 16:00".length * character.plain + padding,
    );
  }
});
