/**
 * What a draft still lacks before its formula means something.
 * @module
 */
import { texts as words } from "../texts/beside.ts";
import { texts as partsTexts } from "../texts/builder-parts.ts";
import { addKeyId, cellsId, keyId } from "./beside/choices.ts";
import { isGiven } from "./beside/source.ts";
import { type Draft, type Goal, textsOf } from "./draft.ts";
import { addTermId } from "./summary/term-choices.ts";

export interface Missing {
  readonly text: string;
  /** Id of the control to go to. */
  readonly id: string;
}

export const missingIn = (draft: Draft): Missing | undefined => rules[draft.goal](draft);

const rules: Readonly<Record<Goal, (draft: Draft) => Missing | undefined>> = {
  rows: () => undefined,
  beside: missingInLookup,
  totals: missingInSummary,
  market: missingInMarket,
};

function missingInSummary({ measures, expressions }: Draft): Missing | undefined {
  const isMissing = expressions.measures === undefined && textsOf(measures).length === 0;
  return isMissing ? { text: partsTexts.write.figureMissing, id: addTermId("measures") } : undefined;
}

function missingInLookup({ keys, fields, expressions, when, moment }: Draft): Missing | undefined {
  if (keys.length === 0 && expressions.keys === undefined) return { text: words.noKey, id: addKeyId };
  const unnamed = keys.find(({ property }) => property === "");
  if (unnamed && expressions.keys === undefined) return { text: words.noKey, id: keyId(unnamed) };
  const empty = keys.find((key) => !isGiven(key));
  if (empty) return { text: words.noKeyValue, id: cellsId(empty) };
  if (fields.length === 0 && expressions.fields === undefined) return { text: words.noValue, id: "columns" };
  return missingMoment({ when, moment });
}

function missingInMarket({ site, when, moment }: Draft): Missing | undefined {
  if (!isGiven(site)) return { text: words.market.noSite, id: cellsId(site) };
  return missingMoment({ when, moment });
}

function missingMoment({ when, moment }: Pick<Draft, "when" | "moment">): Missing | undefined {
  const isMissing =
    when === "cells"
      ? moment.cells === undefined && moment.expression === undefined
      : when === "chosen" && moment.value.trim() === "";
  return isMissing ? { text: words.noMoment, id: "moment-when" } : undefined;
}
