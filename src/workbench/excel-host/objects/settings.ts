/**
 * The add-in's settings in the workbook, for `Excel.run`; the same ones as `Office.context.document.settings`.
 * @module
 */
import { ApiError, type ApiObject, orNull } from "../api-object.ts";
import type { Workbook } from "../workbook.ts";

export function createSettings(workbook: Workbook): ApiObject {
  const keys = () => Object.keys(workbook.readSettings());
  const write = (key: string, value: unknown) =>
    workbook.writeSettings({ ...workbook.readSettings(), [key]: JSON.stringify(value ?? null) });

  const setting = (key: string): ApiObject => ({
    type: "Setting",
    id: key,
    isKept: true,
    properties: {
      Key: () => key,
      Value: () => {
        const json = workbook.readSettings()[key];
        if (json === undefined) throw new ApiError("ItemNotFound", `There is no setting ${key} any more.`);
        return JSON.parse(json) as unknown;
      },
    },
    setters: { Value: (value: unknown) => write(key, value) },
    methods: {
      Delete: () => {
        const others = Object.entries(workbook.readSettings()).filter(([name]) => name !== key);
        workbook.writeSettings(Object.fromEntries(others));
      },
    },
  });

  return {
    type: "SettingCollection",
    items: () => keys().map(setting),
    methods: {
      Add: (key: string, value: unknown) => {
        write(key, value);
        return setting(key);
      },
      ...orNull("GetItem", (key: string) => (keys().includes(key) ? setting(key) : undefined)),
    },
  };
}
