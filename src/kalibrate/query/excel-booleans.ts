/**
 * TRUE and FALSE in Excel's languages: joining a boolean cell to a text gives the word of the installed language.
 *
 * Words from PhpSpreadsheet's function names by language (MIT, github.com/PHPOffice/PhpSpreadsheet,
 * src/PhpSpreadsheet/Calculation/locale, August 2026); Catalan from @univerjs/sheets-formula (Apache-2.0), Indonesian
 * from HyperFormula's language packs. In all other languages Excel writes TRUE and FALSE.
 * @module
 */
const words = [
  ["TRUE", "FALSE"],
  ["BENAR", "SALAH"],
  ["CERT", "FALS"],
  ["DOĞRU", "YANLIŞ"],
  ["IGAZ", "HAMIS"],
  ["PRAVDA", "NEPRAVDA"],
  ["PRAWDA", "FAŁSZ"],
  ["SAND", "FALSK"],
  ["SANN", "USANN"],
  ["SANT", "FALSKT"],
  ["TOSI", "EPÄTOSI"],
  ["VERDADEIRO", "FALSO"],
  ["VERDADERO", "FALSO"],
  ["VERO", "FALSO"],
  ["VRAI", "FAUX"],
  ["WAAR", "ONWAAR"],
  ["WAHR", "FALSCH"],
  ["ИСТИНА", "ЛОЖЬ"],
] as const;

const values: ReadonlyMap<string, string> = new Map(
  words.flatMap(([yes, no]) => [
    [yes, "true"],
    [no, "false"],
  ]),
);

/** `true` or `false` for a word of any language, ignoring letter case; `1` and `0` unchanged; otherwise undefined. */
export function readBoolean(written: string): string | undefined {
  if (written === "1" || written === "0") return written;
  return values.get(written.normalize("NFC").toUpperCase());
}
