/**
 * The add-in's keyboard shortcuts, read from the file that the manifest refers to.
 * @module
 */
import type { Grid } from "../grid/grid.ts";
import { inOrder, keysOf } from "./key-combination.ts";

interface ShortcutsFile {
  readonly shortcuts: readonly {
    /** The id of an action, which the add-in associates with a function. */
    readonly action: string;
    readonly key: { readonly default: string; readonly windows?: string };
  }[];
}

/**
 * @param address of the file
 * @param run runs an action of the add-in
 */
export async function followShortcuts(
  { api }: Grid,
  address: string,
  run: (action: string) => void,
): Promise<void> {
  const response = await fetch(address);
  const { shortcuts } = (await response.json()) as ShortcutsFile;
  // The emulated Excel is Excel on Windows.
  const actions = new Map(shortcuts.map(({ action, key }) => [inOrder(key.windows ?? key.default), action]));
  // Registered before the grid's handlers.
  addEventListener(
    "keydown",
    (event) => {
      const action = actions.get(keysOf(event));
      if (action === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      if (!api.getActiveWorkbook()?.isCellEditing()) run(action);
    },
    { capture: true },
  );
}
