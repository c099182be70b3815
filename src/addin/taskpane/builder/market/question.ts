/**
 * The first rows of a market.
 * @module
 */
import { KalError } from "../../../../kalibrate/errors.ts";
import type { MarketRequest } from "../../../../kalibrate/gateway-api.ts";
import { readTexts } from "../../../functions/arguments.ts";
import { readMoments } from "../../../functions/moments.ts";
import { nowText } from "../../../runtime/now-text.ts";
import { readValues } from "../../cells/read-cells.ts";
import { askMarket } from "../ask.ts";
import { chosenIn, isCalculated, isGiven, type Source } from "../beside/source.ts";
import type { Draft } from "../draft.ts";
import type { Question } from "../preview/question.ts";

/** The values of a source as the function gets them: texts, or cells. */
export const givenBy = async (source: Source): Promise<unknown[][]> =>
  source.cells ? readValues(source.cells) : chosenIn(source).map((value) => [value]);

/** The moment as the function gets it; empty for the current prices. */
export async function momentGiven({ when, moment }: Draft): Promise<unknown[][]> {
  if (when === "none") return [[null]];
  return when === "cells" ? givenBy(moment) : [[when === "now" ? "now" : moment.value]];
}

/** What is in cells, as the function gets it; nothing for an argument that only Excel can calculate. */
export async function marketGiven(draft: Draft): Promise<Record<string, unknown>> {
  const { site, product, moment, when } = draft;
  const isKnown = when !== "cells" || !isCalculated(moment);
  return {
    ...(!isCalculated(site) && { site: await givenBy(site) }),
    ...(!isCalculated(product) && { product: await givenBy(product) }),
    ...(isKnown && { moment: await momentGiven(draft) }),
  };
}

export function marketQuestion(draft: Draft): Question | undefined {
  const { site, product, moment, when } = draft;
  const isUnknown = isCalculated(site) || isCalculated(product) || (when === "cells" && isCalculated(moment));
  if (!isGiven(site) || isUnknown) return undefined;
  return {
    subject: "market",
    async ask(asking) {
      const now = new Date();
      const [at] = readMoments(await momentGiven(draft), now).flat();
      if (at instanceof KalError) throw at;
      const request: MarketRequest = {
        sites: readTexts(await givenBy(site)),
        products: readTexts(await givenBy(product)),
        ...(typeof at === "string" && { moment: at }),
        now: nowText(now),
      };
      return askMarket(asking, request);
    },
    count: (_, { rowCount }) => Promise.resolve({ rows: rowCount, hasMore: false }),
  };
}
