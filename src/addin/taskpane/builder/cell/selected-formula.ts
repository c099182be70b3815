/**
 * The formula of the selected cell, followed while the builder is seen.
 * @module
 */
import { findKalCalls } from "../formula/query-call.ts";

/** A cell that calls one of our functions. */
export interface CellFormula {
  readonly sheetId: string;
  /** As Excel writes it: `Sheet1!B3`. */
  readonly address: string;
  /** In English, with commas, whatever the language of Excel. */
  readonly formula: string;
}

/** The selected cell's formula, or that of the table that the cell lies in; undefined where none of them is ours. */
export function readSelectedFormula(): Promise<CellFormula | undefined> {
  return Excel.run({ delayForCellEdit: true }, async (context) => {
    const cell = context.workbook.getActiveCell();
    const parent = cell.getSpillParentOrNullObject();
    const { worksheet } = cell;
    cell.load("address,formulas");
    parent.load("address,formulas");
    worksheet.load("id");
    await context.sync();
    for (const range of parent.isNullObject ? [cell] : [cell, parent]) {
      const formula: unknown = range.formulas[0]?.[0];
      if (typeof formula === "string" && findKalCalls(formula).length > 0) {
        return { sheetId: worksheet.id, address: range.address, formula };
      }
    }
    return undefined;
  });
}

/**
 * Calls back with the formula of the selected cell, now and at every change, while a place of the pane is seen: a closed
 * pane keeps running in the shared runtime, and nothing is asked of Excel then, nor while another section is shown.
 * @returns a function that ends it
 */
export function followSelection(
  place: Element,
  listener: (found: CellFormula | undefined) => void,
): () => void {
  let isEnded = false;
  let isReading = false;
  let isStale = false;
  let registered: Promise<OfficeExtension.EventHandlerResult<unknown>> | undefined;

  /** One reading at a time, and the last selection always read. */
  async function read(): Promise<void> {
    isStale = true;
    if (isReading) return;
    isReading = true;
    while (isStale && !isEnded && registered) {
      isStale = false;
      // A chart may be selected, or a dialogue open: then there is no cell to speak of.
      const found = await readSelectedFormula().catch(() => undefined);
      if (!isStale && !isEnded) listener(found);
    }
    isReading = false;
  }

  function start(): void {
    if (registered || isEnded) return;
    registered = Excel.run(async (context) => {
      const handler = context.workbook.onSelectionChanged.add(read);
      await context.sync();
      return handler;
    });
    registered.then(read, () => undefined);
  }

  function stop(): void {
    const handler = registered;
    registered = undefined;
    handler
      ?.then((one) =>
        Excel.run(one.context, async (context) => {
          one.remove();
          await context.sync();
        }),
      )
      .catch(() => undefined);
  }

  let isPaneSeen = document.visibilityState === "visible";
  let isPlaceSeen = false;
  const follow = () => (isPaneSeen && isPlaceSeen ? start() : stop());

  const observer = new IntersectionObserver((entries) => {
    isPlaceSeen = entries.at(-1)?.isIntersecting ?? false;
    follow();
  });
  observer.observe(place);
  function followPage(): void {
    isPaneSeen = document.visibilityState === "visible";
    follow();
  }
  document.addEventListener("visibilitychange", followPage);
  // A web view may call itself visible whatever Excel shows, so Excel's own word counts too.
  const removal = Office.addin
    ?.onVisibilityModeChanged?.(({ visibilityMode }) => {
      isPaneSeen = visibilityMode === Office.VisibilityMode.taskpane;
      follow();
    })
    .catch(() => undefined);
  return () => {
    isEnded = true;
    observer.disconnect();
    document.removeEventListener("visibilitychange", followPage);
    void removal?.then((remove) => remove?.());
    stop();
  };
}
