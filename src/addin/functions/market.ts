/**
 * KAL.MARKET: own sites' prices beside those of their competitors as a table.
 * @module
 */
import { KalError } from "../../kalibrate/errors.ts";
import type { MarketRequest } from "../../kalibrate/gateway-api.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { readRequiredText, readText, readTexts } from "./arguments.ts";
import type { ForExcel } from "./call.ts";
import { readMoments } from "./moments.ts";
import { nowText } from "../runtime/now-text.ts";
import { createTableFunction } from "./table-function.ts";

const names = ["site", "product", "moment", "headers", "connection"] as const;

export function createMarket(runtime: Runtime, forExcel: ForExcel) {
  return createTableFunction<(typeof names)[number], MarketRequest>(
    runtime,
    forExcel,
    "market",
    names,
    (given, now) => {
      const sites = readTexts(given.site);
      if (sites.length === 0) readRequiredText("site", null);
      const products = readTexts(given.product);
      const moment = readMoment(given.moment, now);
      return {
        connection: readText(given.connection),
        values: [sites, products, moment],
        body: () => ({ sites, products, moment, now: nowText(new Date(runtime.batchWindow.wallTime())) }),
      };
    },
  );
}

function readMoment(given: unknown, now: Date): string | undefined {
  const [moment, ...others] = readMoments(given, now).flat();
  if (moment instanceof KalError) throw moment;
  if (others.length === 0) return moment ?? undefined;
  throw new KalError("KAL_ARGUMENT_INVALID", { message: "moment: give one date or date-time, not a range." });
}
