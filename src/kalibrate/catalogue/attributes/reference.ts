/**
 * Attributes of reference data, all entity types together. Brands, areas and alternate import codes are documented; for
 * the other types only the attribute names are known.
 * @module
 */
import { type Attributes, number, personal, text, undescribed } from "../attribute.ts";

export const referenceAttributes: Attributes = {
  alternateImportCodeId: number,
  brandId: number,
  currentIncreaseCount: number,
  discount: number,
  displayOrder: number,
  entityTypeId: text,
  entityUid: text,
  exportSubject: text,
  extendedProperties: undescribed,
  formatTemplateEmailUid: text,
  formatTemplateFaxUid: text,
  formatTemplateSmsUid: text,
  importCode: { ...text, label: "Code" },
  increaseTriggerValue: number,
  managerEmail: personal,
  managerFax: personal,
  managerName: personal,
  managerPhone: personal,
  managerSms: personal,
  name: text,
  systemTypeUid: text,
};
