/**
 * Tables, with their totals, order and filters.
 * @module
 */
import type { Operation } from "./operation.ts";

export const tableOperations: readonly Operation[] = [
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
    name: "tables: a row of totals",
    run: async (context, sheet) => {
      sheet.getRange("B2:C4").values = [
        ["site", "price"],
        ["A", 1],
        ["B", 2],
      ];
      const table = sheet.tables.add("B2:C4", true);
      table.name = "OperationTotals";
      table.showTotals = true;
      // Set again to the value that it already has.
      table.showTotals = true;
      table.load("showTotals");
      const ranges = [table.getRange(), table.getDataBodyRange(), table.getTotalRowRange()];
      for (const range of ranges) range.load("address");
      const totals = table.getTotalRowRange().load("formulas");
      const inTotals = sheet.getRange("C5").getTables(false).load("items/name");
      await context.sync();
      const shown = table.showTotals;
      table.resize("B2:C6");
      const refused = await context.sync().catch((error: OfficeExtension.Error) => error.code);
      table.showTotals = false;
      const without = table.getRange().load("address");
      const below = sheet.getRange("B5:C5").load("values");
      await context.sync();
      return {
        shown,
        ranges: ranges.map(({ address }) => address.split("!")[1]),
        totals: totals.formulas,
        inTotals: inTotals.items.map(({ name }) => name),
        refused,
        without: without.address.split("!")[1],
        below: below.values,
      };
    },
    expected: {
      shown: true,
      ranges: ["B2:C5", "B3:C4", "B5:C5"],
      totals: [["Total", "=SUBTOTAL(109,C3:C4)"]],
      inTotals: ["OperationTotals"],
      refused: "InvalidArgument",
      without: "B2:C4",
      below: [["", ""]],
    },
  },
  {
    name: "tables: sorted, and again",
    run: async (context, sheet) => {
      const range = sheet.getRange("A1:B5");
      range.values = [
        ["site", "price"],
        ["b", 2],
        ["A", 3],
        ["c", ""],
        ["d", 3],
      ];
      const table = sheet.tables.add("A1:B5", true);
      table.sort.apply([
        { key: 1, ascending: false },
        { key: 0, ascending: true },
      ]);
      const sorted = sheet.getRange("A2:A5").load("values");
      await context.sync();
      const first = sorted.values.flat();
      sheet.getRange("B2").values = [[1]];
      table.sort.load("fields");
      table.sort.reapply();
      const again = sheet.getRange("A2:A5").load("values");
      await context.sync();
      return [first, again.values.flat(), table.sort.fields.map(({ key, ascending }) => [key, ascending])];
    },
    expected: [
      ["A", "d", "b", "c"],
      ["d", "b", "A", "c"],
      [
        [1, false],
        [0, true],
      ],
    ],
  },
  {
    name: "tables: filtered by the values of a column, which all stay there",
    run: async (context, sheet) => {
      sheet.getRange("A1:B3").values = [
        ["site", "price"],
        ["A", 1],
        ["B", 2],
      ];
      const table = sheet.tables.add("A1:B3", true);
      const { filter } = table.columns.getItem("Site");
      filter.applyValuesFilter(["B"]);
      filter.load("criteria");
      const body = table.getDataBodyRange().load("values");
      table.columns.load("items/name,items/index");
      await context.sync();
      const criteria = filter.criteria as Excel.FilterCriteria | null;
      table.reapplyFilters();
      table.clearFilters();
      const cleared = table.columns.getItemOrNullObject("nothing");
      filter.load("criteria");
      await context.sync();
      return {
        criteria: criteria && [criteria.filterOn, criteria.values],
        values: body.values,
        columns: table.columns.items.map(({ name, index }) => [name, index]),
        none: cleared.isNullObject,
        after: filter.criteria as unknown,
      };
    },
    expected: {
      criteria: ["Values", ["B"]],
      values: [
        ["A", 1],
        ["B", 2],
      ],
      columns: [
        ["site", 0],
        ["price", 1],
      ],
      none: true,
      after: null,
    },
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
];
