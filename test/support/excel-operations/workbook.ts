/**
 * Worksheets, tables, names, and what is loaded below them.
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
    name: "tables: add, rename, resize, ranges, find, delete",
    run: async (context, sheet) => {
      sheet.getRange("B2:C5").values = [
        ["site", "price"],
        ["A", 1],
        ["B", 2],
        ["C", 3],
      ];
      const table = sheet.tables.add("B2:C3", true);
      table.name = "OperationPrices";
      await context.sync();
      table.resize("B2:C5");
      const ranges = [table.getRange(), table.getDataBodyRange(), table.getHeaderRowRange()];
      for (const range of ranges) range.load("address");
      const inTable = sheet.getRange("C4").getTables(false).load("items/name");
      const outside = sheet.getRange("E1").getTables(false).load("items/name");
      const whole = context.workbook.tables.getItemOrNullObject("operationprices").load("name");
      const body = sheet.getRange("OperationPrices").load("address");
      const none = context.workbook.tables.getItemOrNullObject("Nothing");
      const onSheet = table.worksheet.load("name");
      await context.sync();
      table.delete();
      const after = sheet.tables.getCount();
      await context.sync();
      return {
        ranges: ranges.map(({ address }) => address.split("!")[1]),
        inTable: inTable.items.map(({ name }) => name),
        outside: outside.items.length,
        whole: whole.name,
        body: body.address.split("!")[1],
        none: none.isNullObject,
        onSheet: onSheet.name,
        after: after.value,
      };
    },
    expected: {
      ranges: ["B2:C5", "B3:C5", "B2:C2"],
      inTable: ["OperationPrices"],
      outside: 0,
      whole: "OperationPrices",
      body: "B3:C5",
      none: true,
      onSheet: "Operation",
      after: 0,
    },
  },
  {
    name: "tables: neither sorted nor filtered, so applying again changes nothing",
    run: async (context, sheet) => {
      const range = sheet.getRange("A1:A3");
      range.values = [["head"], [2], [1]];
      const table = sheet.tables.add(range, true).load("showHeaders,showTotals");
      table.sort.load("fields");
      table.reapplyFilters();
      range.load("values");
      await context.sync();
      return [table.showHeaders, table.showTotals, table.sort.fields, range.values];
    },
    expected: [true, false, [], [["head"], [2], [1]]],
  },
  {
    name: "tables: what Excel refuses",
    run: async (context, sheet) => {
      sheet.getRange("A1:B2").values = [
        ["a", "b"],
        [1, 2],
      ];
      const table = sheet.tables.add("A1:B2", true);
      await context.sync();
      const codes = [];
      for (const wrong of [
        () => (table.name = "no name"),
        () => table.resize("A5:B9"),
        () => sheet.tables.add("B2:C4", true),
      ]) {
        wrong();
        codes.push(await context.sync().catch((error: OfficeExtension.Error) => error.code));
      }
      return codes;
    },
    expected: ["InvalidArgument", "InvalidArgument", "InvalidArgument"],
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
];
