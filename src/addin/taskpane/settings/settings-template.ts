/**
 * Template of the settings.
 * @module
 */
import { html, repeat, type ViewTemplate, when } from "@microsoft/fast-element";
import type { ScheduleMinutes, ScheduleState } from "../../runtime/workbook/schedule.ts";
import { readableTime } from "../common/times.ts";
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

/** A setting that is on or off. */
interface Switch {
  /** Prefix of its ids on the page. */
  readonly name: string;
  readonly label: string;
  readonly meaning: string | ViewTemplate<SettingsView>;
  readonly isOn: (view: SettingsView) => boolean;
  readonly outcome: (view: SettingsView) => string;
  readonly choose: (view: SettingsView, isOn: boolean) => void;
}

const switchTemplate = ({ name, label, meaning, isOn, outcome, choose }: Switch) => html<SettingsView>`
  <div>
    <label class="choice">
      <input
        type="checkbox"
        aria-describedby="${name}-meaning"
        :checked="${isOn}"
        @change="${(view, { event }) => choose(view, (event.target as HTMLInputElement).checked)}"
      />
      <span>${label}</span>
    </label>
    <p class="hint beneath" id="${name}-meaning">${meaning}</p>
    <p class="outcome beneath">${outcome}</p>
  </div>
`;

const refreshTemplate = switchTemplate({
  name: "refresh",
  ...texts.refreshOnOpen,
  isOn: ({ refreshesOnOpen }) => refreshesOnOpen,
  outcome: outcomeOf("refreshOnOpen"),
  choose: (view, isOn) => void view.chooseRefresh(isOn),
});

const scheduleTemplate = choicesTemplate<SettingsView, `${ScheduleMinutes}`>({
  name: "schedule",
  ...texts.schedule,
  chosen: ({ schedule }) => `${schedule.minutes}`,
  outcome: outcomeOf("schedule"),
  choose: (view, minutes) => view.chooseSchedule(Number(minutes) as ScheduleMinutes),
});

const timeOf = (moment: number) => readableTime(new Date(moment).toISOString());

/** When the next refresh is due, and the result of the last scheduled one. */
function scheduleLines({ minutes, inWorkbook, nextAt, last, isRunning, isWaiting }: ScheduleState): string[] {
  const words = texts.schedule;
  if (minutes === 0) return inWorkbook > 0 ? [words.byOthers(inWorkbook)] : [];
  return [
    isWaiting ? words.waiting : "",
    isRunning ? words.running : nextAt === undefined ? "" : words.next(timeOf(nextAt)),
    last ? words.last(timeOf(last.at), last.error?.message) : "",
  ].filter((line) => line !== "");
}

const scheduleStateTemplate = html<SettingsView>`
  <div id="schedule-state">
    ${repeat(({ schedule }: SettingsView) => scheduleLines(schedule), html<string>`<p class="hint">${(line) => line}</p>`)}
  </div>
`;

const trustTemplate = switchTemplate({
  name: "trust",
  label: texts.trustPrompt.label,
  meaning: html<SettingsView>`
    ${texts.trustPrompt.meaning}
    <a href="/help/without-kal.html" target="_blank" rel="noopener">${texts.trustPrompt.more}</a>
  `,
  isOn: ({ hidesTrustPrompt }) => hidesTrustPrompt,
  outcome: outcomeOf("trustPrompt"),
  choose: (view, isOn) => view.chooseTrustPrompt(isOn),
});

const workbookTemplate = html<SettingsView>`
  <section aria-labelledby="workbook-settings-heading">
    <h2 id="workbook-settings-heading">${texts.workbookHeading}</h2>
    <p class="hint">${texts.workbookMeaning}</p>
    ${datesTemplate}
    ${when(({ datesArePlain }) => datesArePlain, html`<p class="hint">${texts.dates.plainOnly}</p>`)}
    ${emptyTemplate}
    ${when(({ showsErrorsInTables }) => !showsErrorsInTables, html`<p class="hint">${texts.empty.noErrors}</p>`)}
    ${refreshTemplate} ${trustTemplate}
  </section>
`;

export const settingsTemplate = html<SettingsView>`
  <section aria-labelledby="own-settings-heading">
    <h2 id="own-settings-heading">${texts.ownHeading}</h2>
    <p class="hint">${texts.ownMeaning}</p>
    ${when(({ isExcel }: SettingsView) => isExcel, html<SettingsView>`${scheduleTemplate} ${scheduleStateTemplate}`)}
    ${themeTemplate}
  </section>
  ${when(({ isExcel }: SettingsView) => isExcel, workbookTemplate)}
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
