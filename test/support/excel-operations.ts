/**
 * What add-ins do with `Excel.run`, and what they must see: the same list runs against the spreadsheet in memory and
 * against the workbench's grid.
 *
 * The functions run in the add-in's page, so they refer to nothing outside of themselves.
 * @module
 */

export interface Operation {
  readonly name: string;
  /**
   * @param sheet empty, for this operation alone; it is not the active one
   * @param calculated loads the range's values until the first of its cells shows something
   */
  readonly run: (
    context: Excel.RequestContext,
    sheet: Excel.Worksheet,
    calculated: (range: Excel.Range) => Promise<unknown[][]>,
  ) => Promise<unknown>;
  readonly expected: unknown;
}

/** Results of the formulas below, for a spreadsheet that cannot calculate; `#` begins an error. */
export const knownFormulas: Readonly<Record<string, readonly (readonly (number | string)[])[]>> = {
  "=1+1": [[2]],
  "=1/0": [["#DIV/0!"]],
  "=SEQUENCE(2,3)": [
    [1, 2, 3],
    [4, 5, 6],
  ],
};

export const operations: readonly Operation[] = [
  {
    name: "write and read values of each kind",
    run: async (context, sheet) => {
      const range = sheet.getRange("B2:D3");
      range.values = [
        ["text", 1.5, true],
        ["", "12", "'=1+1"],
      ];
      range.load("values,formulas,valueTypes,text,address,rowCount,columnCount,cellCount,rowIndex,columnIndex");
      await context.sync();
      return range.toJSON();
    },
    expected: {
      address: "Operation!B2:D3",
      cellCount: 6,
      columnCount: 3,
      columnIndex: 1,
      rowCount: 2,
      rowIndex: 1,
      values: [
        ["text", 1.5, true],
        ["", 12, "=1+1"],
      ],
      formulas: [
        ["text", 1.5, true],
        ["", 12, "'=1+1"],
      ],
      valueTypes: [
        ["String", "Double", "Boolean"],
        ["Empty", "Double", "String"],
      ],
      text: [
        ["text", "1.5", "TRUE"],
        ["", "12", "=1+1"],
      ],
    },
  },
  {
    name: "leave cells alone for null, fill a range with one value, clear it",
    run: async (context, sheet) => {
      const range = sheet.getRange("A1:B2");
      range.values = "x" as unknown as string[][];
      range.values = [
        [null, 1],
        [2, null],
      ];
      range.load("values");
      await context.sync();
      const before = range.values;
      range.clear();
      range.load("values");
      await context.sync();
      return [before, range.values];
    },
    expected: [
      [
        ["x", 1],
        [2, "x"],
      ],
      [
        ["", ""],
        ["", ""],
      ],
    ],
  },
  {
    name: "refuse values of another shape",
    run: async (context, sheet) => {
      sheet.getRange("A1:B1").values = [[1]];
      return context.sync().catch((error: OfficeExtension.Error) => error.code);
    },
    expected: "InvalidArgument",
  },
  {
    name: "write 4,000 rows, which office.js splits",
    run: async (context, sheet) => {
      const rows = Array.from({ length: 4000 }, (_, row) => [row, `r${row}`]);
      sheet.getRange("A1:B4000").values = rows;
      const last = sheet.getRange("A3999:B4000");
      last.load("values");
      await context.sync();
      return last.values;
    },
    expected: [
      [3998, "r3998"],
      [3999, "r3999"],
    ],
  },
  {
    name: "refuse a large write of another shape before anything is written",
    run: async (context, sheet) => {
      sheet.getRange("A1:A1999").values = Array.from({ length: 2000 }, () => [1]);
      const code = await context.sync().catch((error: OfficeExtension.Error) => error.code);
      const used = sheet.getUsedRangeOrNullObject();
      await context.sync();
      return [code, used.isNullObject];
    },
    expected: ["InvalidArgument", true],
  },
  {
    name: "formats of numbers without touching values",
    run: async (context, sheet) => {
      const range = sheet.getRange("A1:C1");
      range.values = [[46000, true, "text"]];
      range.numberFormat = [["yyyy-mm-dd", "0.00", "0.00"]];
      range.load("values,text,numberFormat,valueTypes");
      await context.sync();
      return [range.values, range.text[0]![0], range.numberFormat, range.valueTypes];
    },
    expected: [
      [[46000, true, "text"]],
      "2025-12-09",
      [["yyyy-mm-dd", "0.00", "0.00"]],
      [["Double", "Boolean", "String"]],
    ],
  },
  {
    name: "ranges relative to others",
    run: async (context, sheet) => {
      const range = sheet.getRange("B2:D5");
      const others = {
        cell: range.getCell(1, 2),
        row: range.getRow(1),
        column: range.getColumn(0),
        lastCell: range.getLastCell(),
        lastRow: range.getLastRow(),
        offset: range.getOffsetRange(2, -1),
        resized: range.getResizedRange(-1, 2),
        absolute: range.getAbsoluteResizedRange(1, 1),
        below: range.getRowsBelow(2),
        after: range.getColumnsAfter(1),
        bounding: range.getBoundingRect("F9"),
        boundingOfRange: range.getBoundingRect(sheet.getRange("A1")),
        shared: range.getIntersection("C1:C9"),
        entireRow: sheet.getRange("B2:B3").getEntireRow(),
        entireColumn: sheet.getRange("B2:C2").getEntireColumn(),
        byIndexes: sheet.getRangeByIndexes(0, 1, 2, 3),
        cellOfSheet: sheet.getCell(4, 4),
        columns: sheet.getRange("B:D").getUsedRangeOrNullObject(),
      };
      for (const other of Object.values(others)) other.load("address");
      await context.sync();
      return Object.fromEntries(
        Object.entries(others).map(([name, other]) => [name, other.isNullObject ? null : other.address.split("!")[1]]),
      );
    },
    expected: {
      cell: "D3",
      row: "B3:D3",
      column: "B2:B5",
      lastCell: "D5",
      lastRow: "B5:D5",
      offset: "A4:C7",
      resized: "B2:F4",
      absolute: "B2",
      below: "B6:D7",
      after: "E2:E5",
      bounding: "B2:F9",
      boundingOfRange: "A1:D5",
      shared: "C2:C5",
      entireRow: "2:3",
      entireColumn: "B:C",
      byIndexes: "B1:D2",
      cellOfSheet: "E5",
      columns: null,
    },
  },
  {
    name: "what lies outside of the sheet, and what two ranges do not share",
    run: async (context, sheet) => {
      const none = sheet.getRange("A1").getIntersectionOrNullObject("B2");
      await context.sync();
      const codes = [];
      for (const far of [
        () => sheet.getRange("A1").getOffsetRange(-1, 0),
        () => sheet.getRange("A1").getIntersection("B2"),
        () => sheet.getRange("no address"),
      ]) {
        far().load("address");
        codes.push(await context.sync().catch((error: OfficeExtension.Error) => error.code));
      }
      return [none.isNullObject, codes];
    },
    expected: [true, ["InvalidArgument", "ItemNotFound", "InvalidArgument"]],
  },
  {
    name: "the used range",
    run: async (context, sheet) => {
      const empty = sheet.getUsedRangeOrNullObject();
      const asCell = sheet.getUsedRange().load("address");
      await context.sync();
      sheet.getRange("C3").values = [[1]];
      sheet.getRange("E7").values = [["x"]];
      const used = sheet.getUsedRange(true).load("address");
      await context.sync();
      return [empty.isNullObject, asCell.address, used.address];
    },
    expected: [true, "Operation!A1", "Operation!C3:E7"],
  },
  {
    name: "cells of a kind",
    run: async (context, sheet, calculated) => {
      sheet.getRange("A1:B3").formulas = [
        ["=1+1", "text"],
        ["=1/0", 5],
        ["", "=1+1"],
      ];
      await calculated(sheet.getRange("A1"));
      await calculated(sheet.getRange("B3"));
      const range = sheet.getRange();
      const found = {
        formulas: range.getSpecialCells("Formulas"),
        errors: range.getSpecialCells("Formulas", "Errors"),
        constants: range.getSpecialCells("Constants"),
        numbers: range.getSpecialCells("Constants", "Numbers"),
        blanks: range.getSpecialCells("Blanks"),
        inColumn: sheet.getRange("B:B").getSpecialCells("Formulas"),
        none: range.getSpecialCellsOrNullObject("Formulas", "Logical"),
      };
      for (const areas of Object.values(found)) areas.load("address,areaCount,cellCount");
      await context.sync();
      found.formulas.areas.load("items/address,items/formulas");
      await context.sync();
      const addresses = Object.fromEntries(
        Object.entries(found).map(([name, areas]) => [
          name,
          areas.isNullObject ? null : areas.address.replaceAll("Operation!", ""),
        ]),
      );
      return [addresses, found.formulas.areas.items.map(({ formulas }) => formulas)];
    },
    expected: [
      {
        formulas: "A1:A2,B3",
        errors: "A2",
        constants: "B1:B2",
        numbers: "B2",
        blanks: "A3",
        inColumn: "B3",
        none: null,
      },
      [[["=1+1"], ["=1/0"]], [["=1+1"]]],
    ],
  },
  {
    name: "a spilled table: its cells, its formula, its parent",
    run: async (context, sheet, calculated) => {
      const origin = sheet.getRange("B2");
      origin.formulas = [["=SEQUENCE(2,3)"]];
      await calculated(origin);
      const spill = origin.getSpillingToRangeOrNullObject();
      const parent = sheet.getRange("C3").getSpillParentOrNullObject();
      const beside = sheet.getRange("A1").getSpillParentOrNullObject();
      const around = sheet.getRange("A1:D3");
      spill.load("address,values,formulas,hasSpill");
      parent.load("address");
      around.load("hasSpill");
      const used = sheet.getUsedRange().load("address");
      await context.sync();
      return [spill.toJSON(), parent.address, beside.isNullObject, around.hasSpill, used.address];
    },
    expected: [
      {
        address: "Operation!B2:D3",
        hasSpill: true,
        values: [
          [1, 2, 3],
          [4, 5, 6],
        ],
        formulas: [
          ["=SEQUENCE(2,3)", "", ""],
          ["", "", ""],
        ],
      },
      "Operation!B2",
      true,
      null,
      "Operation!B2:D3",
    ],
  },
  {
    name: "a table that has no room",
    run: async (context, sheet, calculated) => {
      sheet.getRange("C3").values = [["mine"]];
      const origin = sheet.getRange("B2");
      origin.formulas = [["=SEQUENCE(2,3)"]];
      const values = await calculated(origin);
      const spill = origin.getSpillingToRangeOrNullObject();
      const mine = sheet.getRange("C3").load("values");
      await context.sync();
      return [values, spill.isNullObject, mine.values];
    },
    expected: [[["#SPILL!"]], true, [["mine"]]],
  },
  {
    name: "setDirty and calculate",
    run: async (context, sheet, calculated) => {
      const range = sheet.getRange("A1");
      range.formulas = [["=1+1"]];
      await calculated(range);
      range.setDirty();
      sheet.getRange("A1:B9").getSpecialCells("Formulas").setDirty();
      context.workbook.application.calculate("Recalculate");
      context.workbook.application.calculate("Full");
      sheet.calculate(true);
      await context.sync();
      return await calculated(range);
    },
    expected: [[2]],
  },
  {
    name: "selection",
    run: async (context, sheet) => {
      const before = context.workbook.worksheets.getActiveWorksheet().load("id");
      await context.sync();
      sheet.activate();
      sheet.getRange("C4:D6").select();
      const selected = context.workbook.getSelectedRange().load("address");
      const areas = context.workbook.getSelectedRanges().load("address");
      const cell = context.workbook.getActiveCell().load("address");
      const active = context.workbook.worksheets.getActiveWorksheet().load("name");
      await context.sync();
      context.workbook.worksheets.getItem(before.id).activate();
      await context.sync();
      return [selected.address, areas.address, cell.address, active.name];
    },
    expected: ["Operation!C4:D6", "Operation!C4:D6", "Operation!C4", "Operation"],
  },
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
      return [own.tables.items.map(({ name }) => name), range.values, range.worksheet.name];
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
      return [name.formula, range.address, none.isNullObject, gone.isNullObject];
    },
    expected: ["=Operation!$B$2:$C$3", "Operation!B2:C3", true, true],
  },
  {
    name: "looks: set without an error, values untouched",
    run: async (context, sheet) => {
      const range = sheet.getRange("A1:B1");
      range.values = [["head", 1]];
      range.format.font.bold = true;
      range.format.font.color = "#145b69";
      range.format.fill.color = "#ebf4f6";
      range.format.horizontalAlignment = "Center";
      range.format.columnWidth = 60;
      range.format.autofitColumns();
      range.load("values");
      await context.sync();
      return range.values;
    },
    expected: [["head", 1]],
  },
];
