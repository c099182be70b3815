/**
 * A thousand signed-in analysts on two replicas of the built service and one Redis.
 */
import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SignInAnswer } from "../../src/kalibrate/gateway-api.ts";
import { describeOrganisation } from "../gateway/support/organisation.ts";
import { startTokenIssuer, type TokenIssuer } from "../gateway/support/token-issuer.ts";
import { sendToken } from "../gateway/support/upstream.ts";
import { servePrices } from "../gateway/support/vendor.ts";
import { type Organisation, startOrganisation } from "./support/organisation.ts";
import { missingRedis } from "./support/redis.ts";
import type { Replica } from "./support/replica.ts";

const analysts = 1000;
const megabyte = 1_048_576;

describe.skipIf(missingRedis)(["a thousand analysts", missingRedis].filter(Boolean).join(": "), () => {
  let organisation: Organisation;
  let issuer: TokenIssuer;
  let replicas: readonly Replica[];

  beforeAll(async () => {
    [organisation, issuer] = await Promise.all([startOrganisation(), startTokenIssuer()]);
    const { vendor, redis } = organisation;
    servePrices(vendor);
    vendor.answerToken = ({ body }, response) =>
      sendToken(response, createHash("sha256").update(body).digest("hex"));
    const variables = {
      ...describeOrganisation(redis.folder, { issuer, vendor: vendor.origin }),
      KAL_LOG_LEVEL: "warn",
      KAL_CONNECTION_RATE: "100000",
    };
    replicas = await Promise.all([organisation.start(variables), organisation.start(variables)]);
  });
  afterAll(async () => {
    await organisation.close();
    await issuer.close();
  });

  it(
    "sign in and use a connection at once: all are answered, one token serves each replica",
    { timeout: 240_000 },
    async () => {
      const [first, second] = replicas as [Replica, Replica];
      const before = await Promise.all(replicas.map((replica) => replica.heapUsed()));
      const tokens = await Promise.all(
        Array.from({ length: analysts }, (_, at) =>
          issuer.sign({ oid: `aa11bb22-cc33-4d44-8e55-${String(at).padStart(12, "0")}` }),
        ),
      );
      const began = performance.now();
      const work = tokens.map(async (accessToken, at) => {
        const [mine, theirs] = at % 2 === 0 ? [first, second] : [second, first];
        const signedIn = await mine.call<SignInAnswer>("POST", "/api/v1/sign-in", { body: { accessToken } });
        // The ticket of one replica counts at the other.
        const answer = await theirs.call("POST", "/api/v1/query", {
          ticket: signedIn.body.ticket,
          body: { connection: "pricing", collection: "price", query: `(price>0.${at % 20})` },
        });
        return { status: answer.status, ms: performance.now() - began };
      });
      const answers = await Promise.all(work);
      expect(new Map(answers.map(({ status }) => [status, 0])).size).toBe(1);
      expect(answers.every(({ status }) => status === 200)).toBe(true);
      expect(organisation.vendor.tokenRequests().length).toBeLessThanOrEqual(replicas.length);
      const after = await Promise.all(replicas.map((replica) => replica.heapUsed()));
      const grown = after.map((bytes, at) => Math.round((bytes - (before[at] ?? 0)) / megabyte));
      const slowest = Math.max(...answers.map(({ ms }) => ms));
      console.log(
        `${analysts} analysts: slowest answer ${Math.round(slowest)} ms, heap +${grown.join(", +")} MB`,
      );
    },
  );
});
