import { describe, expect, it } from "vitest";
import type { CellResult } from "../../../../../src/workbench/excel-host/cells.ts";
import type { FunctionMetadata } from "../../../../../src/workbench/excel-host/functions-metadata.ts";
import type { FunctionCall } from "../../../../../src/workbench/excel-host/invocations.ts";
import {
  type CellPlace,
  createCalls,
  type KeptAnswer,
} from "../../../../../src/workbench/page/functions/calls.ts";

const place: CellPlace = { sheetId: "sheet", row: 1, column: 2 };
const entry: FunctionMetadata = { id: "F", name: "KAL.F", parameters: [{ name: "x", optional: true }] };
const busy: CellResult = [[{ error: "#BUSY!" }]];
const value = (of: number): CellResult => [[{ value: of }]];

/** An Excel whose answers the test gives, and the cells that must be recalculated. */
function excel(kept: readonly KeptAnswer[] = []) {
  const messages: FunctionCall[][] = [];
  const cancelled: number[] = [];
  const answers = new Map<number, (cells: CellResult) => void>();
  const addresses: (string | undefined)[][] = [];
  const dirty: CellPlace[][] = [];
  let lastId = 0;
  const caller = {
    invokeAll(calls: readonly FunctionCall[]) {
      messages.push(calls.map(({ functionId, args }) => ({ functionId, args })));
      addresses.push(calls.map(({ address }) => address));
      return calls.map(() => {
        const id = ++lastId;
        const result = new Promise<CellResult>((resolve) => answers.set(id, resolve));
        return { id, cells: busy, result };
      });
    },
    cancel: (id: number) => void cancelled.push(id),
  };
  const calls = createCalls(
    () => caller,
    (places) => void dirty.push([...places]),
    ({ row, column }) => `Sheet1!R${row}C${column}`,
    kept,
  );
  return {
    calls,
    messages,
    addresses,
    cancelled,
    dirty,
    async answer(id: number, cells: CellResult) {
      const before = dirty.length;
      answers.get(id)!(cells);
      await expect.poll(() => dirty.length).toBe(before + 1);
    },
    evaluate: (args: number[], round = 1, at = place) => calls.evaluate(at, entry, args, round),
  };
}

describe("calls of cells", () => {
  it("include the cell's address, by which the add-in finds a cell whose failure is not visible", () => {
    const { calls, addresses, evaluate } = excel();
    evaluate([1]);
    evaluate([2], 1, { ...place, row: 5 });
    calls.calculated();
    const { row, column } = place;
    expect(addresses).toEqual([[`Sheet1!R${row}C${column}`, `Sheet1!R5C${column}`]]);
  });

  it("are not made for an opened workbook's saved answers until the cell is evaluated for another reason", async () => {
    const first = excel();
    first.evaluate([1]);
    first.calls.calculated();
    await first.answer(1, value(7));
    first.evaluate([1]);
    first.evaluate([2], 1, { ...place, row: 5 });
    // As read from a file; calls without an answer are not in it.
    const kept = JSON.parse(JSON.stringify(first.calls.answers())) as KeptAnswer[];
    expect(kept).toEqual([{ place, functionId: "F", args: [1], cells: value(7) }]);

    const { calls, evaluate, messages } = excel(kept);
    expect(calls.resultsOf(place)).toEqual([value(7)]);
    expect(evaluate([1])).toEqual(value(7));
    calls.calculated();
    calls.restart();
    expect(messages).toEqual([]);
    expect(evaluate([1])).toEqual(busy);
    calls.calculated();
    expect(messages).toHaveLength(1);
  });

  it("are sent in one message when the calculation is over", () => {
    const { calls, evaluate, messages } = excel();
    expect(evaluate([1])).toEqual(busy);
    expect(evaluate([2], 1, { ...place, row: 5 })).toEqual(busy);
    expect(messages).toEqual([]);
    calls.calculated();
    expect(messages).toEqual([
      [
        { functionId: "F", args: [1] },
        { functionId: "F", args: [2] },
      ],
    ]);
  });

  it("recalculate the cell when the answer arrives, without a second request", async () => {
    const { calls, evaluate, messages, dirty, answer } = excel();
    evaluate([1]);
    calls.calculated();
    await answer(1, value(7));
    expect(dirty).toEqual([[place]]);
    expect(evaluate([1])).toEqual(value(7));
    calls.calculated();
    expect(messages).toHaveLength(1);
  });

  it("keep the answer of one of two functions in a cell while the other is pending", async () => {
    const { calls, evaluate, messages, answer } = excel();
    evaluate([1]);
    evaluate([2]);
    calls.calculated();
    await answer(1, value(1));
    evaluate([1]);
    expect(evaluate([2])).toEqual(busy);
    calls.calculated();
    await answer(2, value(2));
    expect([evaluate([1]), evaluate([2])]).toEqual([value(1), value(2)]);
    calls.calculated();
    expect(messages).toHaveLength(1);
  });

  it("are made again when the cell is calculated for another reason", async () => {
    const { calls, evaluate, messages, answer } = excel();
    evaluate([1]);
    calls.calculated();
    await answer(1, value(7));
    evaluate([1]);
    calls.calculated();
    expect(evaluate([1])).toEqual(busy);
    calls.calculated();
    expect(messages).toHaveLength(2);
  });

  it("are cancelled when the arguments change or the cell is edited", () => {
    const { calls, evaluate, cancelled } = excel();
    evaluate([1]);
    calls.calculated();
    evaluate([2]);
    calls.calculated();
    expect(cancelled).toEqual([1]);
    calls.forget(place);
    expect(cancelled).toEqual([1, 2]);
  });

  it("with arguments that a second round of the calculation corrects are never sent", () => {
    const { calls, evaluate, messages } = excel();
    evaluate([1]);
    evaluate([2], 2);
    calls.calculated();
    expect(messages).toEqual([[{ functionId: "F", args: [2] }]]);
  });

  it("are sent again when the add-in's page is reloaded", () => {
    const { calls, evaluate, messages } = excel();
    evaluate([1]);
    calls.calculated();
    calls.restart();
    expect(messages).toHaveLength(2);
    expect(messages[1]).toEqual(messages[0]);
  });

  it("that Excel would not accept say why, and are not sent", () => {
    const { calls, evaluate, messages } = excel();
    const message = expect.stringContaining("KAL.F([x])") as string;
    expect(evaluate([1, 2])).toEqual([[{ error: "#VALUE!", message }]]);
    calls.calculated();
    expect(messages).toEqual([]);
  });
});
