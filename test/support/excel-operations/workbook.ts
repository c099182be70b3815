/**
 * Worksheets, names, and what is loaded below them.
 * @module
 */
import type { Operation } from "./operation.ts";

export const workbookOperations: readonly Operation[] = [
  {
    name: "worksheets: add, rename, find, list, delete; a new one is not activated",
    run: async (context, sheet) => {
      const { worksheets } = context.workbook;
      const active = worksheets.getActiveWorksheet().load("name");
      const added = worksheets.add("Ana's");
      added.getRange("A1").values = [[1]];
      const address = added.getRange("A1").load("address");
      await context.sync();
      added.name = "Renamed";
      const stillActive = worksheets.getActiveWorksheet().load("name");
      const found = worksheets.getItemOrNullObject("renamed").load("name");
      const gone = worksheets.getItemOrNullObject("Ana's");
      worksheets.load("items/name");
      sheet.load("name,position");
      await context.sync();
      const names = worksheets.items.map(({ name }) => name);
      const byItem = worksheets.items.at(-1)!.getRange("A1").load("values");
      await context.sync();
      added.delete();
      const count = worksheets.getCount();
      await context.sync();
      return {
        same: stillActive.name === active.name,
        address: address.address,
        found: found.name,
        gone: gone.isNullObject,
        ends: names.slice(-2),
        value: byItem.values,
        fewer: count.value === names.length - 1,
      };
    },
    expected: {
      same: true,
      address: "'Ana''s'!A1",
      found: "Renamed",
      gone: true,
      ends: ["Operation", "Renamed"],
      value: [[1]],
      fewer: true,
    },
  },
  {
    name: "worksheets: a copy beside its sheet keeps contents, formats and widths, and is not activated",
    run: async (context, sheet) => {
      const range = sheet.getRange("A1:B2");
      range.values = [
        ["head", "'=1"],
        [46000, true],
      ];
      range.numberFormat = [
        ["General", "General"],
        ["yyyy-mm-dd", "General"],
      ];
      sheet.getRange("C2").formulas = [["=1+1"]];
      range.format.columnWidth = 90;
      const copy = sheet.copy("After", sheet).load("name,position");
      const copied = copy.getRange("A1:C2").load("formulas,numberFormat");
      const width = copy.getRange("B1").load("format/columnWidth");
      const active = context.workbook.worksheets.getActiveWorksheet().load("name");
      sheet.load("position");
      await context.sync();
      const name = copy.name;
      copy.delete();
      const first = sheet.copy().load("position");
      await context.sync();
      first.delete();
      await context.sync();
      return {
        name,
        isActive: active.name === name,
        behind: copy.position - sheet.position,
        formulas: copied.formulas as unknown,
        format: (copied.numberFormat as unknown[][])[1]![0],
        width: width.format.columnWidth,
        first: first.position,
      };
    },
    expected: {
      name: "Operation (2)",
      isActive: false,
      behind: 1,
      formulas: [
        ["head", "'=1", ""],
        [46000, true, "=1+1"],
      ],
      format: "yyyy-mm-dd",
      width: 90,
      first: 0,
    },
  },
  {
    name: "worksheets: names that Excel does not take",
    run: async (context) => {
      const codes = [];
      for (const name of ["operation", "a/b", "x".repeat(32)]) {
        context.workbook.worksheets.add(name);
        codes.push(await context.sync().catch((error: OfficeExtension.Error) => error.code));
      }
      context.workbook.worksheets.getItem("Nowhere").load("name");
      codes.push(await context.sync().catch((error: OfficeExtension.Error) => error.code));
      return codes;
    },
    expected: ["ItemAlreadyExists", "InvalidArgument", "InvalidArgument", "ItemNotFound"],
  },
  {
    name: "loads below each other",
    run: async (context, sheet) => {
      sheet.getRange("A1:A2").values = [["head"], [1]];
      const table = sheet.tables.add("A1:A2", true);
      table.name = "OperationNested";
      const { worksheets } = context.workbook;
      worksheets.load("items/name, items/tables/name");
      const range = sheet.getRange("A1");
      range.load({ values: true, worksheet: { name: true } } as Excel.Interfaces.RangeLoadOptions);
      await context.sync();
      const own = worksheets.items.find(({ name }) => name === "Operation")!;
      return [own.tables.items.map(({ name }) => name), range.values as unknown, range.worksheet.name];
    },
    expected: [["OperationNested"], [["head"]], "Operation"],
  },
  {
    name: "names of cells",
    run: async (context, sheet) => {
      const { names } = context.workbook;
      names.add("OperationName", sheet.getRange("B2:C3"));
      await context.sync();
      const name = names.getItem("operationname").load("name,formula");
      const range = name.getRange().load("address");
      const none = names.getItemOrNullObject("Nothing");
      await context.sync();
      name.delete();
      const gone = names.getItemOrNullObject("OperationName");
      await context.sync();
      return [name.formula as unknown, range.address, none.isNullObject, gone.isNullObject];
    },
    expected: ["=Operation!$B$2:$C$3", "Operation!B2:C3", true, true],
  },
  {
    name: "names of a sheet are its own, and stand for formulas too",
    run: async (context, sheet) => {
      const { names } = context.workbook;
      sheet.names.add("OperationLocal", "=1+1");
      await context.sync();
      sheet.names.load("items/name,items/formula");
      const none = names.getItemOrNullObject("OperationLocal");
      await context.sync();
      const own = sheet.names.items.map(({ name, formula }) => [name, formula as unknown]);
      sheet.names.getItem("OperationLocal").delete();
      const gone = sheet.names.getItemOrNullObject("OperationLocal");
      await context.sync();
      return [own, none.isNullObject, gone.isNullObject];
    },
    expected: [[["OperationLocal", "=1+1"]], true, true],
  },
  {
    name: "manual calculation: read, set, and cells that are calculated in it",
    run: async (context, sheet, calculated) => {
      const { application } = context.workbook;
      application.load("calculationMode");
      await context.sync();
      const modes: unknown[] = [application.calculationMode];
      application.calculationMode = "Manual";
      const range = sheet.getRange("A1");
      range.formulas = [["=1+1"]];
      range.setDirty();
      range.calculate();
      application.load("calculationMode");
      await context.sync();
      modes.push(application.calculationMode);
      const values = await calculated(range);
      application.calculate("Recalculate");
      application.calculationMode = "Automatic";
      await context.sync();
      return [modes, values];
    },
    expected: [["Automatic", "Manual"], [[2]]],
  },
];
