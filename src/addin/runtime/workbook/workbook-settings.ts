/**
 * Settings saved in the workbook file: names and choices, never a ticket or a secret.
 *
 * `document.settings` is a copy from when the workbook was opened, and its `saveAsync` writes the whole copy: of two
 * people in one workbook, the last would delete what the other has saved (typings of Office.Settings). So we only read
 * it, and write each value under its own key with `workbook.settings`.
 * @module
 */
import { runOptions } from "./run-options.ts";

const connectionKey = "KAL.connection";
const refreshOnOpenKey = "KAL.refreshOnOpen";
/** One of Excel’s own settings (docs: manage-trust-options). */
const noTrustPromptKey = "Office.DisableTrustUX";

export interface WorkbookSettings {
  /** The saved value of a key; undefined for a new workbook. */
  readonly read: (key: string) => unknown;
  /**
   * Saves values in the workbook; they are in the file once the analyst saves it. Unchanged values are not written,
   * because saving settings may clear Excel's undo (office-js 3141). If Excel refuses, the value is written with the
   * next change.
   */
  readonly write: (values: Readonly<Record<string, unknown>>) => void;
  /** Name of the connection that this workbook's formulas use; undefined for a new workbook. */
  readonly connection: () => string | undefined;
  readonly rememberConnection: (name: string) => void;
  /** Whether opening this workbook refreshes it. Off unless somebody has switched it on in this workbook. */
  readonly refreshesOnOpen: () => boolean;
  readonly rememberRefreshOnOpen: (isOn: boolean) => void;
  /** Whether Excel shows no prompt to people without the add-in when they open this workbook. */
  readonly hidesTrustPrompt: () => boolean;
  readonly rememberTrustPrompt: (isHidden: boolean) => void;
}

export function createWorkbookSettings(): WorkbookSettings {
  /** The changes of this runtime since the workbook was opened. */
  const changed = new Map<string, unknown>();
  /** The changes that Excel has not accepted yet. */
  let unsaved = new Map<string, unknown>();
  let saving: Promise<void> = Promise.resolve();

  function read(key: string): unknown {
    if (changed.has(key)) return changed.get(key);
    return documentSettings()?.get(key) ?? undefined;
  }

  function write(values: Readonly<Record<string, unknown>>): void {
    for (const [key, value] of Object.entries(values)) {
      if (JSON.stringify(read(key)) === JSON.stringify(value)) continue;
      changed.set(key, value);
      unsaved.set(key, value);
      // A page reloaded in the same web view gets office.js's copy from sessionStorage; `set` updates it.
      documentSettings()?.set(key, value);
    }
    if (unsaved.size > 0) saving = saving.then(save);
  }

  async function save(): Promise<void> {
    const values = unsaved;
    unsaved = new Map();
    try {
      await Excel.run(runOptions, async (context) => {
        for (const [key, value] of values) context.workbook.settings.add(key, value);
        await context.sync();
      });
    } catch {
      unsaved = new Map([...values, ...unsaved]);
    }
  }

  return {
    read,
    write,
    connection() {
      const name = read(connectionKey);
      return typeof name === "string" ? name : undefined;
    },
    rememberConnection: (name) => write({ [connectionKey]: name }),
    refreshesOnOpen: () => read(refreshOnOpenKey) === true,
    rememberRefreshOnOpen: (isOn) => write({ [refreshOnOpenKey]: isOn }),
    hidesTrustPrompt: () => read(noTrustPromptKey) === true,
    rememberTrustPrompt: (isHidden) => write({ [noTrustPromptKey]: isHidden }),
  };
}

function documentSettings(): Office.Settings | undefined {
  return typeof Office === "undefined" ? undefined : Office.context?.document?.settings;
}
