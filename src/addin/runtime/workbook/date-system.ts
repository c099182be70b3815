/**
 * Whether the workbook counts dates from 1900 or from 1904 (File → Options → Advanced).
 *
 * Excel says so only in a preview (`use1904DateSystem`), so it is asked for the serial of a day. In a workbook that
 * counts from 1904 our dates would show 1,462 days late, and its own dates, as filters and keys, would find the wrong
 * records; neither tells by its number that it is a date.
 * @module
 */
import { KalError } from "../../../kalibrate/errors.ts";

/** 2000-01-01 where days count from 1904; 36526 where they count from 1900. */
const serialFrom1904 = 35_064;

/** Excel may not answer while it is busy; cells do not wait longer for it. */
const maxWaitMs = 2_000;

export interface DateSystem {
  readonly isKnown: () => boolean;
  /** Asks Excel, now: a person may have switched it over. Where Excel refuses, the last answer stays. */
  readonly read: () => Promise<void>;
  /** Whether the workbook is known to count from 1904. */
  readonly countsFrom1904: () => boolean;
  /** @throws KalError KAL_DATE_SYSTEM where dates would be wrong. */
  readonly refuse1904: () => void;
}

export function createDateSystem(): DateSystem {
  /** Undefined until Excel has answered. */
  let countsFrom1904: boolean | undefined;
  let asking: Promise<void> | undefined;

  async function ask(): Promise<void> {
    try {
      countsFrom1904 = await Excel.run(async (context) => {
        const day = context.workbook.functions.date(2000, 1, 1).load("value");
        await context.sync();
        return day.value === serialFrom1904;
      });
    } catch {
      // Refused while somebody types in a cell, or without a window: the next call asks again.
    }
  }

  function giveUpLater(): Promise<void> {
    return new Promise((resolve) => {
      setTimeout(() => {
        countsFrom1904 ??= false;
        resolve();
      }, maxWaitMs);
    });
  }

  return {
    isKnown: () => countsFrom1904 !== undefined,
    read() {
      asking ??= Promise.race([ask(), giveUpLater()]).finally(() => (asking = undefined));
      return asking;
    },
    countsFrom1904: () => countsFrom1904 ?? false,
    refuse1904() {
      if (countsFrom1904) throw new KalError("KAL_DATE_SYSTEM");
    },
  };
}
