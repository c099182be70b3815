/** `headers` as an empty cell: the formula has the same shape however Excel passes the cell. */
import { expect, it } from "vitest";
import { hostBehaviours } from "../../../src/workbench/excel-host/behaviours.ts";
import { openCells } from "./cells.ts";
import { startService } from "./kal.ts";

const formula = (headers: string) => `=KAL.QUERY("site","(entityVariant=Own)","name"${headers})`;

it.each(hostBehaviours.emptyCells.forms)(
  "takes an empty cell that arrives as %s as 0",
  async (emptyCells) => {
    const excel = await openCells({ service: await startService(), behaviours: { emptyCells } });
    excel.enter("J2", "1");
    excel.enter("A1", formula(",J1"));
    excel.enter("B1", formula(",$J$1:J1,5"));
    excel.enter("C1", formula(",J2"));
    excel.enter("D1", formula(""));
    excel.enter("E1", formula(",,5"));
    await excel.settled();
    const hasHeading = ["A1", "B1", "C1", "D1", "E1"].map((cell) => excel.read(cell).value === "name");
    expect(hasHeading).toEqual([false, false, true, true, true]);
    expect(excel.read("A2").value).toEqual(expect.any(String));
  },
);
