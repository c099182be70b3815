/**
 * State of the shell: the selected section, and which ones are loaded.
 * @module
 */
import { runtime } from "../../addin.ts";
import { reactive } from "@microsoft/fast-element/state.js";
import type { SectionId } from "../../runtime/pane-requests.ts";
import { readStored, writeStored } from "../../runtime/session/origin-storage.ts";
import { createChunk } from "../chunk/chunk.ts";
import { focusSoon } from "../common/focus.ts";
import type { Section, SectionContext } from "./section.ts";
import { sections } from "./sections.ts";
import { type Panel, panelId, placeId, type Shell } from "./panel.ts";
import { shellTemplate } from "./shell-template.ts";

/** The shell on the page. */
export interface ShownShell {
  /** Moves the focus to the section shown. */
  readonly focus: () => void;
  /** Removes all sections and what was typed in them. */
  readonly dispose: () => void;
}

/**
 * Shows the sections inside an element, starting with the requested or last used one. If the workbook's connection is
 * missing, the section Connection comes first.
 */
export type ShowShell = (place: HTMLElement, isExcel: boolean) => ShownShell;

const stored = "section";

export const showShell: ShowShell = (place, isExcel) => {
  const disposals: (() => void)[] = [];
  const context: SectionContext = { isExcel, open: openAndFocus };

  const shell: Shell = reactive<Shell>({
    panels: sections.map(createPanel),
    shown: takeRequested() ?? (runtime.session.current() ? lastUsed() : "connection"),
    open,
  });
  const view = shellTemplate.render(shell, place);
  void load(shell.shown);
  const stopFollowing = runtime.paneRequests.onSection(() => {
    const requested = takeRequested();
    if (requested) openAndFocus(requested);
  });

  return {
    focus: () => focusSoon(panelId(shell.shown)),
    dispose() {
      stopFollowing();
      for (const dispose of disposals) dispose();
      view.dispose();
    },
  };

  function open(id: SectionId): void {
    shell.shown = id;
    writeStored(stored, id);
    void load(id);
  }

  function load(id: SectionId): Promise<void> | undefined {
    return shell.panels.find((panel) => panel.id === id)?.chunk.load();
  }

  function openAndFocus(id: SectionId): void {
    open(id);
    focusSoon(panelId(id));
  }

  function createPanel({ id, label, load }: Section): Panel {
    const chunk = createChunk({
      name: label,
      problemId: `problem-${id}`,
      placeId: panelId(id),
      load,
      onLoaded(show) {
        const element = document.getElementById(placeId(id));
        // All sections may have been removed meanwhile.
        if (element) disposals.push(show(element, context));
      },
    });
    return { id, label, chunk };
  }
};

/** The section requested from outside the pane, if any. */
function takeRequested(): SectionId | undefined {
  return findSection(runtime.paneRequests.takeSection());
}

function lastUsed(): SectionId {
  return findSection(readStored(stored)) ?? "connection";
}

function findSection(requested: unknown): SectionId | undefined {
  return sections.find(({ id }) => id === requested)?.id;
}
