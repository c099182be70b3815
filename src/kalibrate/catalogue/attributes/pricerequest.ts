/**
 * Attributes of price requests. Only those of events are documented.
 * @module
 */
import { type Attributes, flag, moment, number, reference, undescribed } from "../attribute.ts";

export const priceRequestAttributes: Attributes = {
  endTime: { ...moment, label: "End" },
  eventTemplate: reference,
  initialEvent: reference,
  processTime: { ...moment, label: "Processed" },
  recurring: flag,
  recurringCount: number,
  recurringDays: number,
  recurringMonthDay: number,
  recurringMonthWeek: number,
  recurringPeriod: number,
  recurringYearMonth: undescribed,
  startTime: { ...moment, label: "Start" },
};
