/**
 * The grid's English texts, one package per part of the grid.
 * @module
 */
import { mergeLocales } from "@univerjs/core";
import design from "@univerjs/design/locale/en-US";
import docsUi from "@univerjs/docs-ui/locale/en-US";
import sheets from "@univerjs/sheets/locale/en-US";
import sheetsFormula from "@univerjs/sheets-formula/locale/en-US";
import sheetsFormulaUi from "@univerjs/sheets-formula-ui/locale/en-US";
import sheetsNumfmtUi from "@univerjs/sheets-numfmt-ui/locale/en-US";
import sheetsTable from "@univerjs/sheets-table/locale/en-US";
import sheetsUi from "@univerjs/sheets-ui/locale/en-US";
import ui from "@univerjs/ui/locale/en-US";
import { spillHint } from "../functions/explain-error.ts";

const formulaTexts = sheetsFormulaUi["sheets-formula-ui"];

/** The complete texts of this part: `mergeLocales` does not merge within a part. */
const formulaUi = {
  "sheets-formula-ui": {
    ...formulaTexts,
    error: {
      ...formulaTexts.error,
      spill: spillHint,
      // The grid looks up this key for errors that it does not know, such as #BUSY!.
      undefined: "The function has not answered yet.",
    },
  },
};

export const gridTexts = mergeLocales(
  design,
  ui,
  docsUi,
  sheets,
  sheetsUi,
  sheetsFormula,
  formulaUi,
  sheetsNumfmtUi,
  sheetsTable,
);
