/** Properties that hold for every query, whatever the user types. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainText } from "../../../../src/kalibrate/comparable-text.ts";
import { type Clause, operators, type Query } from "../../../../src/kalibrate/query/clauses.ts";
import { formatQuery } from "../../../../src/kalibrate/query/format.ts";
import { queryFromRange } from "../../../../src/kalibrate/query/from-range.ts";
import { pathAt, pathOf, splitNames, writePath } from "../../../../src/kalibrate/names.ts";
import { listClause } from "../../../../src/kalibrate/query/value-list.ts";
import { parseQuery, propertyText } from "../../../../src/kalibrate/query/parse.ts";

const placeless = (query: Query): Clause[] => query.map(({ position: _, ...clause }) => clause);

/** Steps of a path: names of any letters and signs, without line ends. */
const step = fc.oneof(
  fc.stringMatching(/^[A-Za-z_]\w{0,10}$/),
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 }).filter((name) => !/[\r\n]/.test(name)),
  fc.constantFrom("größe", "pump-count", "Net Price", "limit", "a.b", "'", "and", "()", "=", "2nd", "-"),
);
const property = fc.array(step, { minLength: 1, maxLength: 3 }).map(propertyText);
/** Any text that a clause can hold. */
const text = fc
  .oneof(
    fc.string({ unit: "grapheme", maxLength: 16 }),
    fc
      .array(
        fc.constantFrom("'", '"', "(", ")", "=", ">", "+", ";", " and ", "'x'=1", "a", "\n", ".", "‘", "„"),
        {
          maxLength: 8,
        },
      )
      .map((pieces) => pieces.join("")),
  )
  .map(plainText)
  .filter((value) => value !== "");
const comparable = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }).map((number) => number.toFixed(3)),
  fc
    .date({ min: new Date("1901-01-01"), max: new Date("2100-01-01"), noInvalidDate: true })
    .map((date) => date.toISOString()),
);
const isToday = (value: string) => /^(today|now)/i.test(value);
const clause: fc.Arbitrary<Clause> = fc.oneof(
  fc.record({
    property,
    operator: fc.constantFrom("=", "!=", "@="),
    value: text.filter((text) => !isToday(text)),
  }),
  fc.record({ property, operator: fc.constantFrom(">", "<", ">=", "<="), value: comparable }),
  fc
    .tuple(
      property,
      fc.constantFrom("in" as const, "not in" as const),
      fc.array(
        text.filter((text) => !isToday(text)),
        { minLength: 1, maxLength: 5 },
      ),
    )
    .map(([name, operator, values]) => listClause(name, operator, values)),
  fc.record({
    property: fc.constant("orderBy"),
    operator: fc.constant("="),
    value: fc.array(step, { minLength: 1, maxLength: 3 }).map(writePath),
  }),
);
const query = fc.uniqueArray(clause, {
  maxLength: 6,
  selector: (clause) => (clause.property === "orderBy" ? "orderBy" : Symbol("any")),
});

/** Texts similar to queries: parts of queries in any order, with other text between them. */
const piece = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom("(", ")", "+", ";", "\n", " ", " and ", " or ", '"', "'", "“", "”", "."),
  },
  { weight: 4, arbitrary: fc.constantFrom(...operators, "<>", " in ", " not in ", ",", ", ") },
  {
    weight: 4,
    arbitrary: fc.constantFrom("price", "limit", "orderBy", "effectiveTime", "direction", "a", "and", "or"),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom("5", "46347", "2026-11-20", "16:00", "today", "-7", "now-2h", "TRUE", "desc"),
  },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 3 }) },
);
const nearlyQuery = fc.array(piece, { maxLength: 24 }).map((pieces) => pieces.join(""));

/** The query, or undefined if it is correctly refused. */
function reading(read: () => Query): Query | undefined {
  try {
    return read();
  } catch (error) {
    expect(error).toMatchObject({ code: "KAL_QUERY_INVALID" });
    const { message } = error as Error;
    expect(message).toMatch(/^Query, (position|row) \d+: |^The query is too long/);
    expect(message.length).toBeLessThan(300);
    return undefined;
  }
}

describe("the query language", () => {
  it("reads back whatever was formatted", () => {
    fc.assert(
      fc.property(query, (clauses) => {
        expect(placeless(parseQuery(formatQuery(clauses)))).toEqual(clauses);
      }),
      { numRuns: 2000 },
    );
  });

  it("reads its own form again as the same clauses, whatever was typed before, or names the place", () => {
    let read = 0;
    fc.assert(
      fc.property(nearlyQuery, (typed) => {
        const query = reading(() => parseQuery(typed));
        if (query === undefined) return;
        read += 1;
        const formatted = formatQuery(query);
        expect(placeless(parseQuery(formatted))).toEqual(placeless(query));
        for (const { property: name, position } of query) {
          const read = pathAt(typed, (position ?? 0) - 1);
          expect(read && writePath(read.path).toLowerCase()).toBe(writePath(pathOf(name)).toLowerCase());
        }
      }),
      { numRuns: 5000 },
    );
    expect(read).toBeGreaterThan(100);
  });

  it("reads any text, or throws its own error and no other", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary", maxLength: 200 }),
        (typed) => void reading(() => parseQuery(typed)),
      ),
    );
  });

  it("reads again a list of names that was written", () => {
    const names = fc.array(fc.array(step, { minLength: 1, maxLength: 3 }).map(writePath), { maxLength: 5 });
    fc.assert(
      fc.property(names, (written) => {
        expect(splitNames(written.join(", "))).toEqual(written);
      }),
    );
  });

  it("reads any cells, and the same clauses from the text that it writes for them", () => {
    const cell = fc.oneof(
      fc.constantFrom(null, "", 0, "=", ">", "<>", "price", "effectiveTime", "limit", "Own", true, "in"),
      fc.double(),
      nearlyQuery,
    );
    const rows = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 4 });
    fc.assert(
      fc.property(rows, (cells) => {
        const query = reading(() => queryFromRange(cells));
        if (query) expect(placeless(parseQuery(formatQuery(query)))).toEqual(query);
      }),
      { numRuns: 3000 },
    );
  });

  it.each(["(", " ", "+ ", "a=‘x;", 'a=""', "a.", "a and ", "'", " 'a", " '", ".'", "‘", "a[0]", " '' "])(
    "does not slow down over %j again and again",
    (again) => {
      // A reader that searched the rest of the text each time would need minutes here, so the test would time out.
      const long = `x=1;${again.repeat(Math.floor(32_000 / again.length))}`;
      reading(() => parseQuery(long));
    },
  );
});
