/**
 * Attributes of product groups. Only those of global groups are documented.
 * @module
 */
import { type Attributes, flag, number, reference, text, undescribed } from "../attribute.ts";

export const productGroupAttributes: Attributes = {
  active: flag,
  alias: text,
  autoImplement: flag,
  generatePrices: number,
  globalProductGroupId: number,
  globalProductGroupUid: text,
  importCode: { ...text, label: "Code" },
  includeInOptimise: flag,
  name: text,
  policy: undescribed,
  primaryProduct: reference,
};
