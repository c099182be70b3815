/**
 * Whether the workbook counts dates from 1900 or from 1904 (File → Options → Advanced).
 *
 * Excel has a property for this only in preview (`use1904DateSystem`), so we let it calculate the serial of a known
 * day. In a workbook that counts from 1904, our dates would show 1,462 days late, and its own dates in filters and
 * keys would find the wrong records. The number alone does not show that it is a date, so we cannot convert it.
 * @module
 */
import { KalError } from "../../../kalibrate/errors.ts";

/** The serial of 2000-01-01 if days count from 1904; it is 36526 if they count from 1900. */
const serialFrom1904 = 35_064;

/** Excel may not answer while it is busy; cells wait no longer than this. */
const maxWaitMs = 2_000;

export interface DateSystem {
  readonly isKnown: () => boolean;
  /** Asks Excel now, because a person may have changed the setting. If Excel refuses, the last answer stays. */
  readonly read: () => Promise<void>;
  /** Whether the workbook is known to count from 1904. */
  readonly countsFrom1904: () => boolean;
  /** @throws KalError KAL_DATE_SYSTEM if dates would be wrong. */
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
      // Refused while somebody types in a cell, or without a window: the next call tries again.
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
