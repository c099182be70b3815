/**
 * Attributes of prices. The competitor price is fully documented; for proposed prices we know only what the vendor's
 * scripts use.
 * @module
 */
import { type Attributes, flag, moment, money, number, personal, reference, text } from "../attribute.ts";

export const priceAttributes: Attributes = {
  checkedForPg: flag,
  dataChannel: reference,
  effectiveTime: { ...moment, label: "Effective" },
  exportedTime: moment,
  origin: text,
  originalEffectiveTime: moment,
  price: money,
  priceId: number,
  product: reference,
  site: reference,
  source: text,
  status: reference,
  "status.exported": { ...flag, label: "Exported" },
  user: personal,
};
