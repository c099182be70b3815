/**
 * How the settings are shown.
 * @module
 */
import { html, when } from "@microsoft/fast-element";
import { settingsTexts as texts } from "../texts/settings.ts";
import { choicesTemplate } from "./choices.ts";
import type { SettingsView } from "./settings-view.ts";
import "./settings.css";

const outcomeOf =
  (setting: NonNullable<SettingsView["outcome"]>["of"]) =>
  ({ outcome }: SettingsView) =>
    outcome?.of === setting ? outcome.text : "";

const datesTemplate = choicesTemplate<SettingsView, SettingsView["chosen"]["dates"]>({
  name: "dates",
  ...texts.dates,
  chosen: ({ chosen }) => chosen.dates,
  outcome: outcomeOf("dates"),
  choose: (view, dates) => void view.chooseValues("dates", { dates }),
});

const emptyTemplate = choicesTemplate<SettingsView, SettingsView["chosen"]["empty"]>({
  name: "empty-values",
  ...texts.empty,
  isOffered: ({ showsErrorsInTables }, choice) => showsErrorsInTables || choice !== "#N/A",
  chosen: ({ chosen }) => chosen.empty,
  outcome: outcomeOf("empty"),
  choose: (view, empty) => void view.chooseValues("empty", { empty }),
});

const themeTemplate = choicesTemplate<SettingsView, SettingsView["theme"]>({
  name: "theme",
  ...texts.theme,
  chosen: ({ theme }) => theme,
  outcome: outcomeOf("theme"),
  choose: (view, theme) => view.chooseTheme(theme),
});

const refreshTemplate = html<SettingsView>`
  <div>
    <label class="choice">
      <input
        type="checkbox"
        aria-describedby="refresh-meaning"
        :checked="${({ refreshesOnOpen }) => refreshesOnOpen}"
        @change="${(view, { event }) => void view.chooseRefresh((event.target as HTMLInputElement).checked)}"
      />
      <span>${texts.refreshOnOpen.label}</span>
    </label>
    <p class="hint beneath" id="refresh-meaning">${texts.refreshOnOpen.meaning}</p>
    <p class="outcome beneath">${outcomeOf("refreshOnOpen")}</p>
  </div>
`;

const workbookTemplate = html<SettingsView>`
  <section aria-labelledby="workbook-settings-heading">
    <h2 id="workbook-settings-heading">${texts.workbookHeading}</h2>
    <p class="hint">${texts.workbookMeaning}</p>
    ${datesTemplate}
    ${when(({ datesArePlain }) => datesArePlain, html`<p class="hint">${texts.dates.plainOnly}</p>`)}
    ${emptyTemplate}
    ${when(({ showsErrorsInTables }) => !showsErrorsInTables, html`<p class="hint">${texts.empty.noErrors}</p>`)}
    ${refreshTemplate}
  </section>
`;

export const settingsTemplate = html<SettingsView>`
  ${when(({ isExcel }: SettingsView) => isExcel, workbookTemplate)}
  <section aria-labelledby="pane-settings-heading">
    <h2 id="pane-settings-heading">${texts.paneHeading}</h2>
    ${themeTemplate}
  </section>
  <section aria-labelledby="report-heading">
    <h2 id="report-heading">${texts.report.heading}</h2>
    <p class="hint" id="report-meaning">${texts.report.meaning}</p>
    <fluent-button
      size="small"
      aria-describedby="report-meaning"
      @click="${(view) => void view.copyReport()}"
    >
      ${texts.report.copy}
    </fluent-button>
    <p class="outcome">${outcomeOf("report")}</p>
  </section>
`;
