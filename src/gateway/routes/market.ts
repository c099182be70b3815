/**
 * `POST /api/v1/market`: own sites' prices beside those of their competitors.
 * @module
 */
import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import Type, { type Static } from "typebox";
import type { MarketRequest } from "../../kalibrate/gateway-api.ts";
import type { MakeAnswerContext } from "../answers/context.ts";
import type { MakeMarket } from "../answers/market.ts";
import { queryAnswers, queryRequest } from "./query-schemas.ts";
import type { Holds, Same } from "./schemas.ts";
import { now } from "./summary-schemas.ts";
import { contextOf, sendTable } from "./send-answer.ts";

const { connection, maxAge } = queryRequest.properties;
const name = Type.String({ maxLength: 300 });

const marketRequest = Type.Object(
  {
    connection,
    sites: Type.Array(name, {
      minItems: 1,
      maxItems: 20_000,
      description: "Own sites by code, name or id.",
    }),
    products: Type.Optional(
      Type.Array(name, { maxItems: 1000, description: "Products by code, name or id; none: all." }),
    ),
    moment: Type.Optional(
      Type.String({ maxLength: 50, description: "ISO date or date-time; absent: current prices." }),
    ),
    now,
    maxAge,
  },
  { additionalProperties: false },
);

/** Checks at compile time that schema and contract are the same. */
export type MarketContractHolds = [Holds<Same<Static<typeof marketRequest>, MarketRequest>>];

export interface MarketOptions {
  readonly market: MakeMarket;
  readonly contextFor: MakeAnswerContext;
}

export const marketRoute: FastifyPluginAsyncTypebox<MarketOptions> = async (app, { market, contextFor }) => {
  app.post(
    "/api/v1/market",
    { schema: { summary: "Market", body: marketRequest, response: queryAnswers } },
    async (request, reply) => {
      const context = contextOf(request, request.body.connection, contextFor);
      return sendTable(reply, context, (share) => market(request.body, context, share));
    },
  );
};
