/**
 * Attributes of survey history. Adjustments are fully documented, targets mostly.
 * @module
 */
import { type Attributes, day, flag, moment, number, reference } from "../attribute.ts";

export const surveyHistoryAttributes: Attributes = {
  adjustment: number,
  competitorSite: reference,
  date: day,
  endDate: { ...moment, label: "End" },
  endTime: { ...moment, label: "End" },
  ownSite: reference,
  periodSerialNumber: number,
  site: reference,
  startDate: { ...moment, label: "Start" },
  startTime: { ...moment, label: "Start" },
  target: flag,
  weekdaySerialNumber: number,
};
