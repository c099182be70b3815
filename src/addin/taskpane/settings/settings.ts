/**
 * The section Settings: how values are displayed in this workbook, when it refreshes by itself, what people without
 * the add-in see, and the pane's theme. Every choice takes effect at once. Below them is a report to copy.
 * @module
 */
import { runtime } from "../../addin.ts";
import { reactive } from "@microsoft/fast-element/state.js";
import { announce } from "../common/announce.ts";
import { copyText } from "../common/copy-text.ts";
import { reasonOf } from "../common/reason-of.ts";
import type { ShowSection } from "../shell/section.ts";
import { reportText } from "../report/surroundings.ts";
import { untilChanged } from "../notices/until-changed.ts";
import { texts as common } from "../texts/pane.ts";
import { settingsTexts as texts } from "../texts/settings.ts";
import { chooseTheme, themeChoice } from "../styles/theme.ts";
import { settingsTemplate } from "./settings-template.ts";
import type { Outcome, SettingsView } from "./settings-view.ts";

export const showSettings: ShowSection = (place, { isExcel }) => {
  const view = createSettings(isExcel);
  const shown = settingsTemplate.render(view, place);
  const stop = runtime.schedule.onChange(() => (view.schedule = runtime.schedule.state()));
  return () => {
    stop();
    shown.dispose();
  };
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
    schedule: runtime.schedule.state(),
    hidesTrustPrompt: runtime.settings.hidesTrustPrompt(),
    theme: themeChoice(),
    outcome: undefined,

    async chooseValues(of, change) {
      view.chosen = { ...view.chosen, ...change };
      view.outcome = undefined;
      runtime.valueSettings.choose(view.chosen);
      try {
        say(of, texts.remade(await runtime.remakeCells()));
        const said = view.outcome;
        untilChanged(() => {
          if (view.outcome === said) view.outcome = undefined;
        });
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

    chooseSchedule(minutes) {
      runtime.schedule.choose(minutes);
      say("schedule", minutes > 0 ? texts.schedule.on(minutes) : texts.schedule.off);
    },

    chooseTrustPrompt(isHidden) {
      view.hidesTrustPrompt = isHidden;
      runtime.settings.rememberTrustPrompt(isHidden);
      say("trustPrompt", isHidden ? texts.trustPrompt.hidden : texts.trustPrompt.shown);
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
