/**
 * `GET /api/v1/catalogue`: the collections and their variants.
 * @module
 */
import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { collections } from "../../kalibrate/catalogue/collections.ts";
import { catalogueAnswer } from "./lookup-schemas.ts";
import { answers } from "./schemas.ts";

const catalogue = {
  collections: collections.map(({ name, label, hasEntityTypes, kinds }) => ({
    name,
    label,
    variants: hasEntityTypes ? [] : [...kinds],
    entityTypes: hasEntityTypes ? [...kinds] : [],
  })),
};

export const catalogueRoute: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    "/api/v1/catalogue",
    {
      config: { queued: false, audited: false },
      schema: { summary: "Catalogue", response: answers(catalogueAnswer) },
    },
    async () => catalogue,
  );
};
