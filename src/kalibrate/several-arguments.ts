/**
 * Detects several arguments typed inside one text: `site";"(entityVariant=Own)`. This happens when the list separator
 * of another country (`;` or `,`) is put inside the quotation marks.
 * @module
 */

/** A hint how to correct it; undefined for a text that is one argument. */
export function severalArguments(text: string): string | undefined {
  if (!/["“”]\s*[;,]|[;,]\s*["“”]/.test(text)) return undefined;
  return 'Put each argument into quotation marks of its own, with the separator that Excel shows (, or ;) outside them: =KAL.QUERY("site","(entityVariant=Own)").';
}
