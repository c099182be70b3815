/**
 * The namespace of our functions in formulas. It is KAL, unless the service says otherwise (KAL_NAMESPACE): then a test
 * add-in and the production one can be installed side by side.
 * @module
 */

/** The gateway writes it onto the page where it is not KAL. */
export const namespace = globalThis.document?.documentElement.dataset["namespace"] || "KAL";

const ourFunction = new RegExp(`^(?:_xldudf_)?${namespace}[._]([A-Z]+)$`, "i");

/**
 * The name of one of our functions without the namespace: `QUERY`; undefined for other functions. `formulas` are English
 * whatever Excel's language, and so is our namespace. A workbook from another computer may have Excel's own prefix:
 * `_xldudf_KAL_QUERY`, with a path before it (office-js 2051).
 */
export function ownFunctionOf(name: string): string | undefined {
  return ourFunction.exec(name)?.[1]?.toUpperCase();
}
