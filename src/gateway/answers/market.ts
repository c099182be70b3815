/**
 * The market of own sites: their prices beside those of their competitors.
 * @module
 */
import { KalError } from "../../kalibrate/errors.ts";
import type { LookupAnswer, LookupResult, MarketRequest, QueryAnswer } from "../../kalibrate/gateway-api.ts";
import { marketColumns, marketRows, type Offer } from "../../kalibrate/market/market-rows.ts";
import { shorten } from "../../kalibrate/shorten.ts";
import type { SteadyClock } from "../../kalibrate/steady-clock.ts";
import type { TableValue } from "../../kalibrate/table.ts";
import type { AnswerShare } from "../answer-memory.ts";
import { shareOfHeap } from "../heap.ts";
import { createPauses } from "../pauses.ts";
import type { AsOf } from "./as-of.ts";
import type { AnswerContext } from "./context.ts";
import {
  bothSides,
  createMarketSlices,
  type MarketSlices,
  type Site,
  type SoldProduct,
} from "./market-slices.ts";
import { readTime } from "./read-time.ts";

/**
 * @param share counts the memory of the rows; the caller ends it
 * @throws KalError KAL_NO_ROWS for an unknown site or product, and if no competitor has a price; KAL_AMBIGUOUS for a
 * name that several have
 */
export type MakeMarket = (
  request: MarketRequest,
  context: AnswerContext,
  share: AnswerShare,
) => Promise<QueryAnswer>;

/** Approximate bytes of a row. */
const rowBytes = 300;

/** @param maxBytes as in `createMarketSlices` */
export function createMarket(steady: SteadyClock, asOf: AsOf, maxBytes = shareOfHeap("market")): MakeMarket {
  const slicesOf = createMarketSlices(steady, maxBytes);

  return async (request, context, share) => {
    const { moment } = request;
    const now = readTime("now", request.now ?? new Date(context.now()).toISOString());
    const at = moment === undefined ? now : readTime("moment", moment);
    const slices = await slicesOf(request.maxAge, context);
    let markets = marketsOf(request, slices);
    const answers = [...slices.answers];
    if (moment !== undefined) {
      const answer = await pricesAt(moment, markets, request, asOf, context);
      markets = answer.markets;
      answers.push(answer);
    }
    refuseNoCompetitors(markets, request);

    const pauses = createPauses(context.signal);
    const rows: TableValue[][] = [];
    for (const { ours, offers } of markets) {
      rows.push(...marketRows(ours, offers, at));
      const pause = pauses();
      if (pause) await pause;
    }
    share.add(rows.length * rowBytes);
    await share.admitted();
    const superseded = answers.reduce((sum, answer) => sum + (answer.superseded ?? 0), 0);
    return {
      columns: marketColumns(),
      rows,
      asOf: answers.map((answer) => answer.asOf).reduce((a, b) => (a < b ? a : b)),
      rowCount: rows.length,
      ...(superseded > 0 && { superseded }),
    };
  };
}

interface Market {
  readonly ours: Site;
  /** The site's competitors that these credentials can see. */
  readonly competitors: readonly Site[];
  readonly offers: readonly (SoldProduct & Offer)[];
}

function marketsOf(request: MarketRequest, { sites, products }: MarketSlices): Market[] {
  const chosen = new Set(products.find(request.products ?? []).map(({ id }) => id));
  const isChosen = ({ product }: SoldProduct) => chosen.size === 0 || chosen.has(product);
  return sites.findOwn(request.sites).map((ours) => {
    const named = ours.competitors.flatMap((id) => sites.byId.get(id) ?? []);
    const competitors = [...new Set(named)].filter((site) => site !== ours);
    const offers = [ours, ...competitors].flatMap((site) =>
      (products.bySite.get(site.id) ?? []).filter(isChosen).map((sold) => ({ ...sold, site })),
    );
    return { ours, competitors, offers };
  });
}

/** The same markets with the prices in force at a moment. */
async function pricesAt(
  moment: string,
  markets: readonly Market[],
  { maxAge }: MarketRequest,
  asOf: AsOf,
  context: AnswerContext,
): Promise<Pick<LookupAnswer, "asOf" | "superseded"> & { readonly markets: Market[] }> {
  const ids = [...new Set(markets.flatMap(({ offers }) => offers.map(({ id }) => id)))];
  const values = ids.map((id) => [id]);
  const moments = ids.map(() => moment);
  const { results, ...answer } = await asOf(
    {
      collection: "price",
      query: bothSides,
      keys: ["product"],
      ...(maxAge !== undefined && { maxAge }),
      requests: ["price", "effectiveTime"].map((field) => ({ field, values, moments })),
    },
    context,
  );
  const places = new Map(ids.map((id, place) => [id, place]));
  const valueOf = (field: number, id: string) => valueIn(results[field]?.[places.get(id) ?? -1]);
  const then = markets.map((market) => ({
    ...market,
    offers: market.offers.map((offer) => ({
      ...offer,
      price: valueOf(0, offer.id),
      time: valueOf(1, offer.id),
    })),
  }));
  return { ...answer, markets: then };
}

/** If two records of the same time have different prices, neither counts: the cell says so. */
function valueIn(result: LookupResult | undefined): TableValue {
  if (result && "matches" in result) return { error: "KAL_AMBIGUOUS" };
  return result && "value" in result ? result.value : null;
}

/** A market with only our own prices would look as if there were no competitors. */
function refuseNoCompetitors(
  markets: readonly Market[],
  { sites, products = [], moment }: MarketRequest,
): void {
  const hasPrice = markets.some(({ offers, ours }) =>
    offers.some(({ site, price }) => site !== ours && price !== null),
  );
  if (hasPrice) return;
  const whose = markets.length === 1 ? `site ${shorten(sites[0] ?? "")}` : `these ${markets.length} sites`;
  const named = markets.flatMap(({ ours }) => ours.competitors).length;
  const seen = markets.flatMap(({ competitors }) => competitors).length;
  const what = products.length === 0 ? "" : ` for ${shorten(products.join(", "))}`;
  const when = moment === undefined ? "" : ` at ${moment}`;
  throw new KalError("KAL_NO_ROWS", {
    message:
      named === 0
        ? `No competitors are entered for ${whose}.`
        : seen === 0
          ? `These credentials see none of the ${named} competitors of ${whose}.`
          : `None of the ${seen} competitors of ${whose} has a price${what}${when}.`,
    hint: named === 0 ? "Enter competitors for the site in Kalibrate." : "Check site, product and moment.",
  });
}
