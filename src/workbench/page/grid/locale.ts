/**
 * The grid's English texts, one package of them per part of the grid.
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

/** The whole part again: `mergeLocales` joins the parts, but not what is in them. */
const formulaUi = {
  "sheets-formula-ui": {
    ...formulaTexts,
    error: {
      ...formulaTexts.error,
      spill: spillHint,
      // For errors that the grid does not know, such as #BUSY!, it looks for a text under this name.
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
