/**
 * The Data API: `GET /api/status` and the collections.
 * @module
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { errors as joseErrors, type JWTPayload } from "jose";
import { LRUCache } from "lru-cache";
import { customerId } from "./customer.ts";
import type { Fault, Shape } from "./fault.ts";
import type { FaultBoard } from "./faults.ts";
import type { IdentityProvider } from "./identity-provider.ts";
import { bendList } from "./lists.ts";
import { type Query, type QueryMistake, readQuery } from "./query.ts";
import { readOtherwise } from "./query-faults.ts";
import { pathOf } from "./request-log.ts";
import type { SampleDocument } from "./sample/document.ts";
import type { Partition, SampleData, StoredDocument } from "./sample/sample-data.ts";
import { select } from "./selection.ts";
import { reshape, takeShapes } from "./shapes.ts";
import { isScriptLibrary } from "./user-agents.ts";

/** Maximum number of documents if the query has no limit. */
const defaultLimit = 1000;

/** Number of cached selections, so that all pages of one pull come from the same sorted list. */
const rememberedSelections = 16;

export interface DataApiOptions {
  readonly data: SampleData;
  readonly identityProvider: Pick<IdentityProvider, "verify">;
  readonly faults: FaultBoard;
  /** An answer has a `null` after every `nullEvery` documents; 0 for none. */
  readonly nullEvery: number;
}

/** Errors in the form of an Azure gateway; Kalibrate's own form is not documented. */
interface ApiError {
  readonly statusCode: 400 | 401 | 403 | 404;
  readonly message: string;
}

export function registerDataApi(app: FastifyInstance, options: DataApiOptions): void {
  const { data, identityProvider, faults, nullEvery } = options;
  const selections = new LRUCache<string, readonly StoredDocument[]>({ max: rememberedSelections });
  const claims = new WeakMap<FastifyRequest, { readonly token: string; readonly payload: JWTPayload }>();

  app.addHook("onRequest", async (request, reply) => {
    if (isScriptLibrary(request.headers["user-agent"])) {
      return refuse(reply, { statusCode: 403, message: "Send a User-Agent of your own." });
    }
    const token = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? "")?.[1];
    if (token === undefined) return refuse(reply, unauthorised("The access token is missing."));
    try {
      claims.set(request, { token, payload: await identityProvider.verify(token) });
    } catch (error) {
      return refuse(reply, unauthorised(reasonOf(error)));
    }
    return undefined;
  });

  app.get("/status", async (request) => {
    const { token, payload } = claimsOf(request);
    return {
      token,
      audience: payload.aud,
      issuer: payload.iss,
      version: payload["ver"],
      clientId: payload["appid"],
      tenantId: customerId,
      expirationTime: new Date((payload.exp ?? 0) * 1000).toISOString().replace(".000Z", "+00:00"),
    };
  });

  app.get("/:collection", answerQuery);
  app.get("/:collection/:entityType", answerQuery);

  async function answerQuery(
    request: FastifyRequest<{
      Params: { collection: string; entityType?: string };
      Querystring: { query?: string | string[] };
    }>,
    reply: FastifyReply,
  ) {
    const roles = claimsOf(request).payload["roles"];
    if (!Array.isArray(roles) || !roles.includes("Data.Read")) {
      return refuse(reply, { statusCode: 403, message: "The client may not read this data." });
    }
    const { collection, entityType } = request.params;
    const path = pathOf(request.url);
    const hidden = entityType !== undefined && faults.take("no-type-paths", "data", path);
    const partitions = hidden ? undefined : partitionsOf(data, collection, entityType);
    if (!partitions) return refuse(reply, { statusCode: 404, message: "There is no such collection." });
    const text = request.query.query ?? "";
    const read = typeof text === "string" ? readQuery(text) : { position: 1, expected: "one query" };
    if ("expected" in read) return refuse(reply, badQuery(read));
    const query = readOtherwise(read, request.url, partitions, faults);
    if (typeof query === "string") return refuse(reply, { statusCode: 400, message: query });
    const { filters, orderBy, descending, anyCase } = query;
    const key = JSON.stringify([
      collection.toLowerCase(),
      entityType?.toLowerCase(),
      filters,
      orderBy,
      descending,
      anyCase,
    ]);
    let selected = selections.get(key);
    if (!selected) selections.set(key, (selected = select(partitions, query)));
    const list = bendList(selected, faults, path, orderBy !== undefined);
    const page = list.slice(query.offset, query.offset + limitOf(query, path, faults));
    if (page.length === 0 && faults.take("no-content", "data", path)) return reply.code(204).send();
    const isNull = page.length === 0 && faults.take("null-for-nothing", "data", path) !== undefined;
    const json = isNull ? "[null]" : toJson(page, nullEvery, takeShapes(faults, path));
    const envelope = faults.take("envelope", "data", path);
    return reply
      .type("application/json; charset=utf-8")
      .send(envelope ? inEnvelope(envelope, json, page.length, list.length) : json);
  }

  function claimsOf(request: FastifyRequest) {
    const known = claims.get(request);
    if (!known) throw new Error("a request came past the check of its token");
    return known;
  }
}

/** Collections with entity types, which follow a slash in the path. */
const withEntityTypes = new Set(["reference", "pricerequest", "surveyhistory"]);

/** The partitions for a path in any letter case; undefined if there is no such collection. */
function partitionsOf(data: SampleData, collection: string, entityType: string | undefined) {
  const same = (name: string, other: string): boolean => name.toLowerCase() === other.toLowerCase();
  const ofCollection = data.partitions.filter((partition) => same(partition.collection, collection));
  if (ofCollection.length === 0) return undefined;
  if (entityType === undefined) return ofCollection;
  if (!withEntityTypes.has(collection.toLowerCase())) return undefined;
  return ofCollection.filter((partition: Partition) => same(partition.entityType, entityType));
}

function limitOf({ limit = defaultLimit }: Query, path: string, faults: FaultBoard): number {
  const unlimited = limit === 0 ? (faults.take("unlimited-cap", "data", path)?.cap ?? Infinity) : limit;
  return Math.min(unlimited, faults.take("page-cap", "data", path)?.cap ?? Infinity);
}

/** A bare array without envelope. It contains nulls, because the vendor's own client skips them. */
function toJson(page: readonly StoredDocument[], nullEvery: number, shapes: readonly Shape[]): string {
  const elements: string[] = [];
  for (const [index, stored] of page.entries()) {
    elements.push(
      shapes.length === 0
        ? (stored.json ??= JSON.stringify(stored.document))
        : JSON.stringify(
            shapes.reduce<unknown>(
              (document, shape) => reshape(shape, document as SampleDocument),
              stored.document,
            ),
          ),
    );
    if (nullEvery > 0 && (index + 1) % nullEvery === 0) elements.push("null");
  }
  return `[${elements.join(",")}]`;
}

function inEnvelope(
  { name, members, total }: Extract<Fault, { kind: "envelope" }>,
  json: string,
  count: number,
  all: number,
): string {
  const others = { count, ...members, ...(total !== undefined && { [total]: all }) };
  return `{${JSON.stringify(name)}:${json},${JSON.stringify(others).slice(1)}`;
}

function refuse(reply: FastifyReply, error: ApiError): FastifyReply {
  if (error.statusCode === 401) reply.header("www-authenticate", 'Bearer error="invalid_token"');
  return reply.code(error.statusCode).send(error);
}

function unauthorised(message: string): ApiError {
  return { statusCode: 401, message };
}

function badQuery({ position, expected }: QueryMistake): ApiError {
  return {
    statusCode: 400,
    message: `The query cannot be read at character ${String(position)}: ${expected} expected.`,
  };
}

function reasonOf(error: unknown): string {
  if (error instanceof joseErrors.JWTExpired) return "The access token has expired.";
  if (error instanceof joseErrors.JWTClaimValidationFailed)
    return `The access token's ${error.claim} is not right.`;
  return "The access token is not valid.";
}
