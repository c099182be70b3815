/**
 * Attributes of volumes. Deliveries and forecasts are fully documented; sales and plans use the same names.
 * @module
 */
import { type Attributes, flag, moment, money, number, reference, text } from "../attribute.ts";

export const volumeAttributes: Attributes = {
  checkedForPg: flag,
  deliveryVolumeId: number,
  effectiveTime: { ...moment, label: "Effective" },
  endTime: { ...moment, label: "End" },
  forecastVolumeUid: text,
  ownProduct: reference,
  product: reference,
  startTime: { ...moment, label: "Start" },
  unitCostPrice: money,
  volume: number,
};
