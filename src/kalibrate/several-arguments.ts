/**
 * Several arguments of a formula typed inside one text: `site";"(entityVariant=Own)`. It happens where a separator of
 * another country's list (`;` or `,`) is put inside the quotation marks.
 * @module
 */

/** What to do about it; undefined for a text that is one argument. */
export function severalArguments(text: string): string | undefined {
  if (!/["“”]\s*[;,]|[;,]\s*["“”]/.test(text)) return undefined;
  return 'Put each argument into quotation marks of its own, with the separator that Excel shows (, or ;) outside them: =KAL.QUERY("site","(entityVariant=Own)").';
}
