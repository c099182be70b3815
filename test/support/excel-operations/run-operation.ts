/**
 * Runs one operation of the list. It runs in the add-in's page itself, so it must not use anything from outside itself.
 * @module
 */
import type { Operation } from "./operation.ts";

/** Runs on a new worksheet and deletes it afterwards. @returns the operation's result, in JSON form */
export async function runOperation(excel: typeof Excel, run: Operation["run"]): Promise<unknown> {
  const seen = await excel.run(async (context) => {
    const sheet = context.workbook.worksheets.add("Operation");
    await context.sync();
    const calculated = async (range: Excel.Range) => {
      for (;;) {
        range.load("values");
        await context.sync();
        const first: unknown = range.values[0]![0];
        if (first !== "" && first !== "#BUSY!") return range.values as unknown[][];
      }
    };
    try {
      return await run(context, sheet, calculated);
    } finally {
      sheet.delete();
      await context.sync();
    }
  });
  return JSON.parse(JSON.stringify(seen)) as unknown;
}
