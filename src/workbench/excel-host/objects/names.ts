/**
 * The names of the workbook or of a sheet; each refers to cells or a formula.
 * @module
 */
import { fullAddress } from "../../../excel/address.ts";
import { ApiError, type ApiObject, orNull } from "../api-object.ts";
import { findArea, isSameName } from "./find-area.ts";
import type { WorkbookObjects } from "./workbook-objects.ts";

/** @param sheetId undefined for workbook-level names, which exclude those of the sheets */
export function createNames(objects: WorkbookObjects, sheetId: string | undefined): ApiObject {
  const { model } = objects;
  const own = () => model.names().filter((nameItem) => nameItem.sheetId === sheetId);
  const find = (key: string) => own().find(({ name }) => isSameName(name, key));
  return {
    type: "NamedItemCollection",
    items: () => own().map(({ name }) => createName(objects, name, sheetId)),
    methods: {
      Add: (name: string, reference: string | ApiObject) => {
        if (find(name)) throw new ApiError("ItemAlreadyExists", `There is a name ${name} already.`);
        model.setName(
          name,
          typeof reference === "string" ? asFormula(reference) : referTo(objects, reference),
          sheetId,
        );
        return createName(objects, name, sheetId);
      },
      ...orNull("GetItem", (key: string) => {
        const found = find(key);
        return found && createName(objects, found.name, sheetId);
      }),
    },
  };
}

function createName(objects: WorkbookObjects, name: string, sheetId: string | undefined): ApiObject {
  const { model } = objects;
  const formula = () => {
    const found = model
      .names()
      .find((nameItem) => isSameName(nameItem.name, name) && nameItem.sheetId === sheetId);
    if (!found) throw new ApiError("ItemNotFound", `There is no name ${name} any more.`);
    return found.formula;
  };
  return {
    type: "NamedItem",
    id: name,
    isKept: true,
    properties: {
      Name: () => name,
      Formula: formula,
      Scope: () => (sheetId === undefined ? "Workbook" : "Worksheet"),
    },
    setters: { Formula: (text: string) => model.setName(name, asFormula(text), sheetId) },
    methods: {
      ...orNull("GetRange", () => {
        try {
          return objects.range(findArea(model, formula(), model.activeSheetId()));
        } catch {
          // It refers to a formula.
          return undefined;
        }
      }),
      Delete: () => model.removeName(name, sheetId),
    },
  };
}

function asFormula(text: string): string {
  return text.startsWith("=") ? text : `=${text}`;
}

/** As Excel writes it: `=Prices!$B$2:$D$9`. */
function referTo({ model }: WorkbookObjects, reference: ApiObject): string {
  const area = findArea(model, reference, model.activeSheetId());
  const sheet = model.sheets().find(({ id }) => id === area.sheetId)?.name ?? "";
  const address = fullAddress(sheet, area);
  const cells = address.slice(address.lastIndexOf("!") + 1);
  return `=${address.slice(0, -cells.length)}${cells.replace(/([A-Z]+)(\d+)/g, "$$$1$$$2")}`;
}
