/**
 * The names of the workbook: each stands for cells or for a formula.
 * @module
 */
import { fullAddress } from "../address.ts";
import { ApiError, type ApiObject, orNull } from "../api-object.ts";
import { findArea, isSameName } from "./find-area.ts";
import type { WorkbookObjects } from "./workbook.ts";

export function createNames(objects: WorkbookObjects): ApiObject {
  const { model } = objects;
  const find = (key: string) => model.names().find(({ name }) => isSameName(name, key));
  return {
    type: "NamedItemCollection",
    items: () => model.names().map(({ name }) => createName(objects, name)),
    methods: {
      Add: (name: string, reference: string | ApiObject) => {
        if (find(name)) throw new ApiError("ItemAlreadyExists", `There is a name ${name} already.`);
        model.setName(
          name,
          typeof reference === "string" ? asFormula(reference) : referTo(objects, reference),
        );
        return createName(objects, name);
      },
      ...orNull("GetItem", (key: string) => {
        const found = find(key);
        return found && createName(objects, found.name);
      }),
    },
  };
}

function createName(objects: WorkbookObjects, name: string): ApiObject {
  const { model } = objects;
  const formula = () => {
    const found = model.names().find((one) => isSameName(one.name, name));
    if (!found) throw new ApiError("ItemNotFound", `There is no name ${name} any more.`);
    return found.formula;
  };
  return {
    type: "NamedItem",
    id: name,
    isKept: true,
    properties: { Name: () => name, Formula: formula, Scope: () => "Workbook" },
    setters: { Formula: (text: string) => model.setName(name, asFormula(text)) },
    methods: {
      ...orNull("GetRange", () => {
        try {
          return objects.range(findArea(model, formula(), model.activeSheetId()));
        } catch {
          // It stands for a formula.
          return undefined;
        }
      }),
      Delete: () => model.removeName(name),
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
