/**
 * Ranges derived from others: relative, used, special cells, spilled, selected.
 * @module
 */
import type { Operation } from "./operation.ts";

export const rangesOperations: readonly Operation[] = [
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
        Object.entries(others).map(([name, other]) => [
          name,
          other.isNullObject ? null : other.address.split("!")[1],
        ]),
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
    name: "a spilled table turned into values",
    run: async (context, sheet, calculated) => {
      const origin = sheet.getRange("B2");
      origin.formulas = [["=SEQUENCE(2,3)"]];
      await calculated(origin);
      const spill = origin.getSpillingToRange().load("values,address");
      await context.sync();
      sheet.getRange(spill.address).values = spill.values;
      const cells = sheet.getRange("B2:D3").load("formulas,hasSpill");
      await context.sync();
      return [cells.formulas, cells.hasSpill];
    },
    expected: [
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
      false,
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
];
