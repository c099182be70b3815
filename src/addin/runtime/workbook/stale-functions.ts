/**
 * After an upgrade Excel may go on with its copy of functions.json and functions.js for up to 24 hours. A setting of the
 * workbook makes its next opening fetch them anew (docs: custom-functions-troubleshooting); it costs time, so it is set
 * back once it has served.
 * @module
 */
import { readStored, writeStored } from "../session/origin-storage.ts";
import type { WorkbookSettings } from "./workbook-settings.ts";

/** One of Excel's own settings. */
const forceKey = "Office.ForceRefreshCustomFunctionsCache";
const storedName = "version";

/**
 * Sets or clears the setting. The page is older than the service while a workbook stays open over an upgrade, and newer
 * than Excel's copy when this computer last ran another version.
 * @param own version of this page
 * @param readServed the version of the functions.json that the service has now; undefined if it does not say
 */
export async function followFunctions(
  { read, write }: Pick<WorkbookSettings, "read" | "write">,
  own: string,
  readServed: () => Promise<string | undefined>,
): Promise<void> {
  const last = readStored(storedName) ?? own;
  const served = (await readServed()) ?? own;
  writeStored(storedName, own);
  const isStale = last !== own || served !== own;
  // A workbook that never needed it gets no setting.
  if (isStale || read(forceKey) === true) write({ [forceKey]: isStale });
}

declare const KAL_VERSION: string;

/** The same with this page's version and the service's answer. */
export function followServedFunctions(settings: WorkbookSettings): Promise<void> {
  return followFunctions(settings, KAL_VERSION, async () => {
    const { headers } = await fetch("/functions.json", { method: "HEAD", cache: "no-store" });
    return headers.get("X-KAL-Version") ?? undefined;
  });
}
