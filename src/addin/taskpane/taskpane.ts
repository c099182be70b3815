/**
 * Entry of the task pane. Loaded when the pane is first opened, and rendered before any network request.
 * @module
 */
// Before the views, whose styles build on these.
import "./styles/pane.css";
import "./styles/controls.css";
import "./styles/disclosure.css";
import "@fluentui/web-components/badge.js";
import "@fluentui/web-components/button.js";
import "@fluentui/web-components/message-bar.js";
import { html, render, when } from "@microsoft/fast-element";
import { announcerId } from "./common/announce.ts";
import { followCommands } from "./notices/commands.ts";
import { followNotices, notices, noticesId } from "./notices/notices.ts";
import { noticesTemplate } from "./notices/notices-template.ts";
import { followPause } from "./notices/pause-notice.ts";
import { pauseTemplate } from "./notices/pause-template.ts";
import { mainId, showPane } from "./pane.ts";
import { texts } from "./texts/pane.ts";
import { followTheme } from "./styles/theme.ts";

const noExcelNote = html`<p class="hint">${texts.noExcel}</p>`;

const pane = html<{ readonly isExcel: boolean }>`
  <header>
    <img src="/assets/icon-32.png" alt="" width="24" height="24" />
    <h1>${texts.product}</h1>
  </header>
  <main id="${mainId}" tabindex="-1">
    <div id="${noticesId}">
      ${render(() => notices, noticesTemplate)} ${render(followPause, pauseTemplate)}
    </div>
  </main>
  <footer>
    ${when(({ isExcel }) => !isExcel, noExcelNote)}
    <a href="/help/" target="_blank" rel="noopener">${texts.help}</a>
  </footer>
  <p id="${announcerId}" class="visually-hidden" role="status"></p>
`;

export async function startTaskPane(): Promise<void> {
  const { host } = await Office.onReady();
  const isExcel = host === Office.HostType.Excel;
  followTheme();
  document.body.replaceChildren();
  pane.render({ isExcel }, document.body);
  const places = { connect: createPlace("connect-place"), sections: createPlace("sections") };
  document.getElementById(mainId)?.append(places.connect, places.sections);
  followNotices();
  showPane(places, isExcel);
  // Last, so that a person's command wins over what the workbook needs.
  followCommands();
}

function createPlace(id: string): HTMLElement {
  const place = document.createElement("div");
  return Object.assign(place, { id, className: "view" });
}
