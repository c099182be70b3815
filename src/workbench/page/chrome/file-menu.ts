/**
 * The File menu, for what Excel does around an add-in: opens, closes and saves workbooks, and switches the network off
 * and on.
 * @module
 */
import type { Network } from "../network.ts";
import { closedWorkbooks, openWindow } from "../workbooks/choose-workbook.ts";
import type { Keeping } from "../workbooks/keep-workbook.ts";
import { addWorkbook } from "../workbooks/workbook-store.ts";
import { fileEnding, fromFileText, toFileText } from "../workbooks/workbook-file.ts";
import { findElement } from "./find-element.ts";
import { keysOf } from "./key-combination.ts";
import { createMenuButton, type MenuItem } from "./menu-button.ts";
import { showProblem } from "./notice.ts";

export interface FileMenuOptions {
  readonly keeping: Keeping;
  readonly network: Network;
  /** Calls every function again. */
  readonly recalculate: () => void;
}

/** Number of closed workbooks in the menu. */
const recent = 5;

export function createFileMenu({ keeping, network, recalculate }: FileMenuOptions): void {
  const reopen = async () => {
    await keeping.keep();
    location.reload();
  };
  const commands: readonly MenuItem[] = [
    { label: "New workbook", choose: () => openWindow("new") },
    { label: "New sample workbook", choose: () => openWindow("sample") },
    { label: "Open…", keys: "Ctrl+O", choose: () => void openFile() },
    { label: "Save to a file", keys: "Ctrl+S", choose: () => saveFile(keeping) },
    { label: "Close and reopen", choose: () => void reopen().catch(showProblem) },
    { label: "Recalculate all", keys: "Ctrl+Alt+F9", choose: recalculate },
  ];
  createMenuButton(findElement<HTMLButtonElement>("#file-button"), async () => [
    ...commands,
    {
      label: "Work offline",
      checked: network.isOffline(),
      choose: () => network.setOffline(!network.isOffline()),
    },
    ...(await closedWorkbooks()).slice(0, recent).map((workbook, index) => ({
      label: workbook.name,
      choose: () => openWindow(workbook),
      ...(index === 0 && { group: "Closed workbooks" }),
    })),
  ]);
  // Registered before the grid and the browser, which would save the page.
  addEventListener(
    "keydown",
    (event) => {
      const command = commands.find(({ keys }) => keys === keysOf(event));
      if (!command) return;
      event.preventDefault();
      event.stopPropagation();
      command.choose();
    },
    { capture: true },
  );
}

function saveFile(keeping: Keeping): void {
  const workbook = keeping.read();
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([toFileText(workbook)], { type: "application/json" }));
  link.download = `${workbook.name}${fileEnding}`;
  link.click();
  // By then the browser has started the download.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** Opens a file in a new window, so that the current workbook stays open. */
async function openFile(): Promise<void> {
  const file = await chooseFile();
  if (!file) return;
  try {
    const workbook = fromFileText(await file.text(), file.name);
    const id = crypto.randomUUID();
    const content = { ...workbook.content, id, name: workbook.name };
    await addWorkbook({ ...workbook, content, id, changedAt: Date.now() });
    openWindow({ id });
  } catch (error) {
    showProblem(error);
  }
}

function chooseFile(): Promise<File | undefined> {
  const input = document.createElement("input");
  input.type = "file";
  // Excel's files can be chosen as well; then a message says why they cannot be opened.
  input.accept = ".json,.xlsx,.xlsm,.xls,.csv";
  return new Promise((resolve) => {
    input.addEventListener("change", () => resolve(input.files?.[0]));
    input.addEventListener("cancel", () => resolve(undefined));
    input.click();
  });
}
