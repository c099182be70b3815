/**
 * The section Settings: how values look in this workbook, whether it refreshes on opening, and the pane's theme. Every
 * choice holds at once. Below them, a report to copy.
 * @module
 */
import { reactive } from "@microsoft/fast-element/state.js";
import { dateFormOfHost, showsErrorsInTables } from "../../runtime/cells.ts";
import { remakeCells } from "../../runtime/workbook/refresh.ts";
import { chooseRefreshOnOpen } from "../../runtime/workbook/refresh-on-open.ts";
import { chooseValueSettings, valueSettings } from "../../runtime/workbook/value-settings.ts";
import { refreshesOnOpen } from "../../runtime/workbook/workbook-settings.ts";
import { announce } from "../common/announce.ts";
import { copyText } from "../common/copy-text.ts";
import { reasonOf } from "../common/reason-of.ts";
import type { ShowSection } from "../shell/section.ts";
import { reportText } from "../report/surroundings.ts";
import { texts as common } from "../texts/pane.ts";
import { settingsTexts as texts } from "../texts/settings.ts";
import { chooseTheme, themeChoice } from "../styles/theme.ts";
import { settingsTemplate } from "./settings-template.ts";
import type { Outcome, SettingsView } from "./settings-view.ts";

export const showSettings: ShowSection = (place, { isExcel }) => {
  const shown = settingsTemplate.render(createSettings(isExcel), place);
  return () => shown.dispose();
};

function createSettings(isExcel: boolean): SettingsView {
  const say = (of: Outcome["of"], text: string) => {
    view.outcome = { of, text };
    announce(text);
  };
  const view: SettingsView = reactive<SettingsView>({
    isExcel,
    datesArePlain: isExcel && dateFormOfHost() === "serial",
    showsErrorsInTables: !isExcel || showsErrorsInTables(),
    chosen: valueSettings(),
    refreshesOnOpen: refreshesOnOpen(),
    theme: themeChoice(),
    outcome: undefined,

    async chooseValues(of, change) {
      view.chosen = { ...view.chosen, ...change };
      view.outcome = undefined;
      chooseValueSettings(view.chosen);
      try {
        say(of, texts.remade(await remakeCells()));
      } catch (error) {
        say(of, texts.refused(reasonOf(error)));
      }
    },

    async chooseRefresh(isOn) {
      view.refreshesOnOpen = isOn;
      view.outcome = undefined;
      try {
        await chooseRefreshOnOpen(isOn);
        say("refreshOnOpen", isOn ? texts.refreshOnOpen.on : texts.refreshOnOpen.off);
      } catch (error) {
        view.refreshesOnOpen = !isOn;
        say("refreshOnOpen", texts.refused(reasonOf(error)));
      }
    },

    chooseTheme(theme) {
      view.theme = theme;
      chooseTheme(theme);
      say("theme", texts.theme.chosen(texts.theme.choices[theme].label));
    },

    async copyReport() {
      say("report", (await copyText(reportText())) ? texts.report.copied : common.notCopied);
    },
  });
  return view;
}
