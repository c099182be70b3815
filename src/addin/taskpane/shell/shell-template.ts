/**
 * Template of the shell: a list of tabs, and the section of the selected tab below.
 * @module
 */
import { html, render, repeat, when } from "@microsoft/fast-element";
import { chunkTemplate } from "../chunk/chunk.ts";
import { texts } from "../texts/pane.ts";
import { type Panel, panelId, placeId, type Shell, tabId } from "./panel.ts";
import { moveByKey } from "./tab-keys.ts";
import "./shell.css";

const isShown = ({ id }: Panel, { parent }: { parent: Shell }) => parent.shown === id;

const tabTemplate = html<Panel, Shell>`
  <button
    type="button"
    role="tab"
    id="${({ id }) => tabId(id)}"
    aria-controls="${({ id }) => panelId(id)}"
    aria-selected="${(panel, context) => String(isShown(panel, context))}"
    tabindex="${(panel, context) => (isShown(panel, context) ? 0 : -1)}"
    data-label="${({ label }) => label}"
    @click="${({ id }, { parent }) => parent.open(id)}"
  >
    ${({ label }) => label}
  </button>
`;

const tabsTemplate = html<Shell>`
  <div
    role="tablist"
    aria-label="${texts.sections.label}"
    @keydown="${(_shell, { event }) => moveByKey(event as KeyboardEvent)}"
  >
    ${repeat(({ panels }: Shell) => panels, tabTemplate)}
  </div>
`;

const hasTabs = ({ panels }: Shell) => panels.length > 1;

/** With a single section there is no tab to refer to. */
const panelTemplate = html<Panel, Shell>`
  <div
    id="${({ id }) => panelId(id)}"
    class="panel"
    tabindex="-1"
    role="${(_panel, { parent }) => (hasTabs(parent) ? "tabpanel" : "group")}"
    aria-labelledby="${({ id }, { parent }) => (hasTabs(parent) ? tabId(id) : null)}"
    aria-label="${({ label }, { parent }) => (hasTabs(parent) ? null : label)}"
    ?hidden="${(panel, context) => !isShown(panel, context)}"
  >
    ${render(({ chunk }) => chunk, chunkTemplate)}
    <div id="${({ id }) => placeId(id)}" class="place"></div>
  </div>
`;

export const shellTemplate = html<Shell>`
  ${when(hasTabs, tabsTemplate)} ${repeat(({ panels }: Shell) => panels, panelTemplate)}
`;
