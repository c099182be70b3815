import { describe, expect, it } from "vitest";
import { createActivityLog, type Operation } from "../../../../src/addin/runtime/activity/activity-log.ts";
import { createEntry } from "../../../../src/addin/taskpane/activity/entry.ts";
import { supportText } from "../../../../src/addin/taskpane/activity/support-text.ts";

/** A log with one call, of which so many records were superseded. */
async function logWith(operation: Operation, superseded: number | undefined) {
  const log = createActivityLog({ now: () => 0, steady: () => 0, serviceTimeAt: (moment) => moment });
  const subject = { key: "a", operation, connection: "sample", collection: "site" };
  await log.call(
    subject,
    async () => superseded,
    (superseded) => ({ rows: 60, superseded }),
  );
  return log;
}

const factsOf = async (operation: Operation, superseded?: number) =>
  createEntry((await logWith(operation, superseded)).list()[0]!, () => "now").facts;

describe("an entry of Activity", () => {
  it.each<[Operation, string]>([
    ["query", "60 rows"],
    ["table", "60 rows"],
    ["lookup", "60 values"],
  ])("counts what was left out of a %s because a newer version is there", async (operation, size) => {
    expect(await factsOf(operation, 1200)).toContain(
      `${size} · left out: 1,200 older versions of records · `,
    );
    expect(await factsOf(operation, 1)).toContain(`${size} · left out: 1 older version of a record · `);
    expect(await factsOf(operation)).not.toContain("left out");
  });

  it("says which filters KAL applied itself, but not to support: they may name things", async () => {
    const log = createActivityLog({ now: () => 0, steady: () => 0, serviceTimeAt: (moment) => moment });
    const filteredHere = "(site.importCode in 1250, 1251)";
    await log.call(
      { key: "a", operation: "query", connection: "sample", collection: "price" },
      async () => 1,
      (rows) => ({ rows, filteredHere, sent: "(entityVariant=Own)", shared: "memory" }),
    );
    expect(createEntry(log.list()[0]!, () => "now").facts).toContain(
      "1 row · sent: (entityVariant=Own) · filtered by KAL: (site.importCode in 1250, 1251) · shared with an equal request",
    );
    expect(supportText(log.list(), log.totals(), [])).not.toContain("1250");
  });

  it("tells support the number", async () => {
    const log = await logWith("query", 20);
    const text = supportText(log.list(), log.totals(), []);
    expect(text).toContain(" | 60 rows | 20 superseded");
  });
});
