/**
 * The section Activity: what formulas have requested, the results, and what to do about failures.
 * @module
 */
import { runtime } from "../../addin.ts";
import { Updates } from "@microsoft/fast-element";
import type { ShowSection } from "../shell/section.ts";
import { activityTemplate } from "./activity-template.ts";
import { createActivityView, follow } from "./activity-view.ts";

export const showActivity: ShowSection = (place, { isExcel }) => {
  const view = createActivityView(isExcel);
  const shown = activityTemplate.render(view, place);
  let isDue = false;
  // At most once per frame, however much happens.
  const stop = runtime.activity.onChange(() => {
    if (isDue) return;
    isDue = true;
    Updates.enqueue(() => {
      isDue = false;
      follow(view);
    });
  });
  const stopTime = runtime.dataAsOf.onChange(() => (view.dataAsOf = runtime.dataAsOf.time()));
  return () => {
    stopTime();
    stop();
    shown.dispose();
  };
};
