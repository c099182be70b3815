/**
 * Problems that people reported with similar software, reduced to inputs for KAL. Each row is proven by the test that
 * claims it with `publicCase`; `npm run docs` writes the rows into docs/public-cases.md.
 */
import { expect, it } from "vitest";

export interface PublicCase {
  /** The public issue or page that reported the problem; “–” for one of our own. */
  readonly from: string;
  readonly input: string;
  /** The exact text of the cell, the pane or the HTTP answer; for a table, the result of `printRows`. */
  readonly shown: string;
}

export const publicCases = {
  A1: {
    from: "Servosity/msp-skills 264",
    input:
      "three price documents with one entityId, version 1 (or none), other times and prices, in one answer",
    shown: "3 rows of 1 id with 3 times",
  },
  A2: {
    from: "the same",
    input: "an Own and a Proposed document with the same id and version",
    shown: "Own / Proposed",
  },
  A3: {
    from: "apisyouwonthate style guide 25",
    input: '200 with `{"errors":[{…}],"data":[]}`',
    shown:
      "KAL_UPSTREAM_INVALID: The Kalibrate Data API says that its answer failed. It says: The index is offline.",
  },
  A4: {
    from: "OData WebApi 1201",
    input:
      '`{"value":[12 documents],"@odata.nextLink":"…","@odata.count":20}`; also a bare list that a server cuts at 12',
    shown: "20 rows; 20 rows",
  },
  A5: {
    from: "dbx 9507, jsonata 761",
    input: "`loyaltyId` 90071992547409931 and …935 as JSON numbers; LOOKUP of the first",
    shown: '90071992547409931 / 90071992547409935; {"value":"Customer 1"}',
  },
  A6: {
    from: "XlsxWriter 571",
    input: "`2026-11-30T23:59:59.9999999`",
    shown: "date 2026-11-30T23:59:59.999",
  },
  A7: {
    from: "xlsx_builder 4",
    input: "`9999-12-31T23:59:59.9999999`",
    shown: "date 2026-11-01 / date 9999-12-31T23:59:59.999",
  },
  A8: {
    from: "–",
    input: "`2026-11-02 10:00:00+00`, `2026-11-02T24:00:00`",
    shown: "date 2026-11-02T10:00:00 / date 2026-11-03",
  },
  A9: {
    from: "jq 1156",
    input: "fields `größe`, `pump-count`",
    shown: "größe | pump-count / 5 | 8 / 7 | 4",
  },
  A10: {
    from: "SheetJS 72",
    input: "20,000 emoji in one text",
    shown: "32767 characters, the last ones 😀…",
  },
  A11: {
    from: "–",
    input: "an answer `[null]` at every place behind the end",
    shown:
      "KAL_UPSTREAM_INVALID: The Kalibrate Data API answered 20 requests in a row without a new record and without reaching the end.",
  },
  A12: {
    from: "–",
    input: "1,000 documents proven yesterday at a server that caps at 1,000; now 1,500",
    shown: "1000 rows, then 1500 rows",
  },
  A13: {
    from: "–",
    input: "the clock set back two hours",
    shown: "1.459, 1.479, KAL_UPSTREAM_DOWN, 1.499",
  },
  B1: {
    from: "Microsoft's page on data types; xlwings `_xlofficejs.py`",
    input: 'a key or filter value `{type:"Double",basicValue:46356.46,numberFormat:…}`',
    shown: "filter: its price; key: its price; key in the cell below: its price",
  },
  B2: {
    from: "OpenBB 5666",
    input: "`(leadTime>90)` on a number",
    shown: "sent: (leadTime>90)+(limit=0)",
  },
  B3: {
    from: "–",
    input: "a serial on a date property that is not named like one (`validFrom`)",
    shown: "sent: (validFrom>=2026-11-21)+(limit=0)",
  },
  B4: {
    from: "ExcelAlmaLookup 41",
    input: "`(active=WAHR)`",
    shown: "sent: (active=true)+(limit=0)",
  },
  B5: {
    from: "–",
    input: "`(price=1,579)`, `(effectiveTime=30/11/2026)`",
    shown:
      "(price=1,579): expected a number such as 1.4 (write 1.579 or 1579) for “price”, found “1,579”. (effectiveTime=30/11/2026): expected a date such as 2026-11-20, or today, today-7, now-12h (write 2026-11-30) for “effectiveTime”, found “30/11/2026”.",
  },
  B6: {
    from: "DevExtreme 33272",
    input: "a LOOKUP key in decomposed Unicode (CAFE + accent)",
    shown: '{"value":1}',
  },
  B7: {
    from: "–",
    input: "`(entityVariant=Mine)`, `reference/Brnad`, field `naem`",
    shown:
      "No record of price has the variant “Mine”. Known variants: Own, Competitor, Proposed, Cost. No record of reference has the type “Brnad”. Did you mean “Brand”? There is no field “naem” in site. Did you mean “name”?",
  },
  B8: {
    from: "–",
    input: "`(direction=constructor)`",
    shown: "Query, position 12: expected “ascending” or “descending”, found “constructor)”.",
  },
  B9: {
    from: "SqlParser 22",
    input: '`(name=Hauptstrasse)`, the server gives "Hauptstraße"',
    shown: "Hauptstraße",
  },
  C1: {
    from: "Excel-Custom-Functions 298",
    input: "a name `SiteList` =KAL.QUERY(…), a cell =SiteList, Refresh",
    shown: "Sheet1!B2 is calculated again, with 1 new request",
  },
  C2: {
    from: "office-js-docs 627",
    input: "Refresh with manual calculation",
    shown: "Sheet1!B2 is calculated again, and the pane names F9 for what builds on it",
  },
  C3: {
    from: "–",
    input: "`;` between arguments inside a text, as in a continental list",
    shown:
      'There is no collection “site";"(entityVariant=Own)”. Put each argument into quotation marks of its own, with the separator that Excel shows (, or ;) outside them: =KAL.QUERY("site","(entityVariant=Own)").',
  },
  D1: {
    from: "undici 883",
    input: "an answer with Content-Encoding: gzip that was not asked for",
    shown: "1001 / 1002 / 1003 / 1004 / 1005",
  },
  D2: {
    from: "cvat 8567, kubernetes 14713",
    input: "GET /health/live with Host 10.1.2.3:4213 or with :443",
    shown: "health 200, 200; the pane under its own name with :443: 200, under the address: 421",
  },
  D3: {
    from: "undici 4736, 1986",
    input: "HTTPS_PROXY=proxy.corp:8080",
    shown: "taken for http://proxy.corp:8080/",
  },
  D4: {
    from: "–",
    input: "a proxy that answers 407",
    shown: "502 KAL_PROXY_REFUSED: The proxy 127.0.0.1 requires a sign-in (Negotiate, NTLM).",
  },
} as const satisfies Record<string, PublicCase>;

export type PublicCaseId = keyof typeof publicCases;

/** Declares the test of a row: `run` applies the row's input and returns what is shown. */
export function publicCase(id: PublicCaseId, run: () => Promise<string> | string): void {
  const { input, shown }: PublicCase = publicCases[id];
  it(`public case ${id}: ${input}`, async () => {
    expect(await run()).toBe(shown);
  });
}

/** Cells joined by " | ", rows by " / ". */
export function printRows(rows: readonly (readonly unknown[])[]): string {
  return rows.map((row) => row.map(String).join(" | ")).join(" / ");
}
