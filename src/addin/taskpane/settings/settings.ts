/**
 * The section Settings: how values look in this workbook, whether it refreshes on opening, and the pane's theme. Every
 * choice holds at once. Below them, a report to copy.
 * @module
 */
import { runtime } from "../../addin.ts";
import { reactive } from "@microsoft/fast-element/state.js";
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
    datesArePlain: isExcel && runtime.host.dateForm() === "serial",
    showsErrorsInTables: !isExcel || runtime.host.showsErrorsInTables(),
    chosen: runtime.valueSettings.current(),
    refreshesOnOpen: runtime.settings.refreshesOnOpen(),
    theme: themeChoice(),
    outcome: undefined,

    async chooseValues(of, change) {
      view.chosen = { ...view.chosen, ...change };
      view.outcome = undefined;
      runtime.valueSettings.choose(view.chosen);
      try {
        say(of, texts.remade(await runtime.remakeCells()));
      } catch (error) {
        say(of, texts.refused(reasonOf(error)));
      }
    },

    async chooseRefresh(isOn) {
      view.refreshesOnOpen = isOn;
      view.outcome = undefined;
      try {
        await runtime.refreshOnOpen.choose(isOn);
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
