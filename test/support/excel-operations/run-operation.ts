/**
 * Runs one operation of the list; itself runs in the add-in's page, so it refers to nothing outside of itself.
 * @module
 */
import type { Operation } from "./operation.ts";

/** On a worksheet of its own, which is taken away afterwards. @returns what the operation saw, as JSON would keep it */
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
