/** Analysts of an organisation sign in and use the connections that their roles open, without ever seeing a secret. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { request } from "undici";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  connectionHeader,
  type MeAnswer,
  type SignInSettings,
  type Status,
} from "../../src/kalibrate/gateway-api.ts";
import { errorOf, type TestGateway, withFolder } from "./support/gateway.ts";
import { contact, heldSecret, nextHeldSecret, signIn, withOrganisation } from "./support/organisation.ts";
import { connectBody } from "./support/own-environment.ts";
import {
  addinClientId,
  objectId,
  serviceClientId,
  startTokenIssuer,
  tenant,
  type TokenIssuer,
} from "./support/token-issuer.ts";
import { sendJson, sendToken } from "./support/upstream.ts";
import { servePrices, startVendor, type Vendor } from "./support/vendor.ts";

let issuer: TokenIssuer;
let vendor: Vendor;
/** For sessions that outlive a service. */
let sessionFolder: string;
/** Added to the service's clock. */
let later: number;
const now = () => Date.now() + later;

beforeAll(async () => {
  issuer = await startTokenIssuer();
});
afterAll(() => issuer.close());
beforeEach(async () => {
  sessionFolder = mkdtempSync(path.join(os.tmpdir(), "kal-test-"));
  issuer.answer = "keys";
  later = 0;
  vendor = await startVendor();
  servePrices(vendor);
});
afterEach(async () => {
  rmSync(sessionFolder, { recursive: true, force: true });
  await vendor.close();
});

const run = (use: (gateway: TestGateway, folder: string) => Promise<void>, more: object = {}) =>
  withOrganisation({ issuer, vendor: vendor.origin, now, ...more }, use);

const prices = (connection?: string) => ({
  ...(connection ? { connection } : {}),
  collection: "price",
  query: "(entityVariant=Own)",
});
const query = (gateway: TestGateway, ticket: string, connection?: string) =>
  gateway.call("POST", "/api/v1/query", { ticket, body: prices(connection) });
const me = (gateway: TestGateway, ticket: string) => gateway.call<MeAnswer>("GET", "/api/v1/me", { ticket });
const ticketOf = async (gateway: TestGateway, claims: Record<string, unknown> = {}) =>
  (await signIn(gateway, await issuer.sign(claims, now()))).body.ticket;

describe("signing in", () => {
  it("is described to the add-in without a ticket", () =>
    run(async (gateway) => {
      const { body } = await gateway.call<SignInSettings>("GET", "/api/v1/sign-in");
      expect(body).toEqual({
        typedCredentials: true,
        contact,
        provider: {
          authority: issuer.authority,
          tenant,
          clientId: addinClientId,
          scope: `api://${serviceClientId}/access_as_user`,
        },
      });
    }));

  it("is described in the page, which may reach the provider besides the service", () =>
    withFolder((addinFolder) => {
      const page = '<html data-sign-in="%SIGN_IN%">';
      writeFileSync(path.join(addinFolder, "taskpane.html"), page);
      return run(
        async (gateway) => {
          const { text, headers } = await gateway.call("GET", "/taskpane.html");
          const said = /data-sign-in="([^"]*)"/.exec(text)?.[1]?.replaceAll("&quot;", '"') ?? "";
          const { body } = await gateway.call<SignInSettings>("GET", "/api/v1/sign-in");
          expect(JSON.parse(said.replaceAll("&lt;", "<").replaceAll("&amp;", "&"))).toEqual(body);
          const policy = String(headers["content-security-policy"]);
          expect(policy).toContain(`connect-src 'self' ${issuer.authority};`);
          expect(policy).toContain(`frame-src 'self' ${issuer.authority};`);
        },
        {
          addinFolder,
          file: {
            signIn: {
              tenant,
              clientId: addinClientId,
              audience: serviceClientId,
              authority: issuer.authority,
              contact: 'A & B <"pricing">',
            },
          },
        },
      );
    }));

  it("returns a ticket for the connections that the roles open, and the analyst's name", () =>
    run(async (gateway) => {
      const answer = await signIn(gateway, await issuer.sign());
      expect(answer.status).toBe(200);
      const { ticket, ...rest } = answer.body;
      expect(rest).toEqual({
        expiresAt: expect.any(String) as string,
        analyst: { tenant, objectId, name: "Ada Example", roles: ["Pricing.Read"] },
        connections: [
          {
            name: "pricing",
            environment: "own",
            label: "pricing (read)",
            description: "Prices of own sites.",
            roles: ["Pricing.Read"],
          },
        ],
      });
      expect((await me(gateway, ticket)).body).toEqual(rest);
      expect((await query(gateway, ticket, "pricing")).status).toBe(200);
      expect((await query(gateway, ticket)).status).toBe(200);
      const { body } = await gateway.call("GET", "/api/v1/connections", { ticket });
      expect(body).toEqual(rest.connections);
    }));

  it("opens several connections, one of which a request names", () =>
    run(async (gateway) => {
      const ticket = await ticketOf(gateway, { roles: ["Pricing.Read", "Sites.Read"] });
      for (const name of ["pricing", "SITES"]) expect((await query(gateway, ticket, name)).status).toBe(200);
      expect(errorOf(await query(gateway, ticket))).toMatchObject({
        code: "KAL_REQUEST_INVALID",
        message: "You can use several connections: pricing, sites.",
      });
      expect(errorOf(await query(gateway, ticket, "mars")).code).toBe("KAL_CONNECTION_UNKNOWN");
      const headers = { [connectionHeader]: "sites" };
      const status = await gateway.call<Status>("GET", "/api/v1/status", { ticket, headers });
      expect(status.body.connection).toBe("sites");
      expect(vendor.tokenRequests()).toHaveLength(2);
    }));

  it.each([
    [{ roles: undefined }, "KAL_SIGN_IN_REFUSED", 403],
    [{ roles: ["Other.Read"] }, "KAL_SIGN_IN_REFUSED", 403],
    [{ aud: "00000000-1111-4222-8333-444444444444" }, "KAL_SIGN_IN_REFUSED", 403],
    [{ exp: 1_700_000_000 }, "KAL_SIGN_IN_REQUIRED", 401],
  ])("is refused with %j", (claims, code, status) =>
    run(async (gateway) => {
      const token = await issuer.sign(claims);
      const answer = await signIn(gateway, token);
      expect([answer.status, errorOf(answer).code]).toEqual([status, code]);
      for (const part of token.split("."))
        expect(answer.text + gateway.log() + gateway.audit()).not.toContain(part);
    }),
  );

  it("says whom to ask if no role opens a connection", () =>
    run(async (gateway) => {
      const answer = await signIn(gateway, await issuer.sign({ roles: ["Other.Read"] }));
      expect(errorOf(answer).hint).toContain(contact);
    }));

  it("does not wait for the provider at the start, and fails temporarily while its keys cannot be fetched", async () => {
    issuer.answer = "nothing";
    await run(
      async (gateway) => {
        expect((await gateway.call("GET", "/health/ready")).status).toBe(200);
        const answer = await signIn(gateway, await issuer.sign());
        expect([answer.status, errorOf(answer).code]).toEqual([502, "KAL_UPSTREAM_DOWN"]);
        issuer.answer = "keys";
        later = 6000;
        expect((await signIn(gateway, await issuer.sign())).status).toBe(200);
      },
      { variables: { KAL_TOKEN_TIMEOUT: "1" } },
    );
  });

  it("is limited per person, and independent of others", () =>
    run(async (gateway) => {
      const token = await issuer.sign();
      for (let times = 0; times < 120; times++) expect((await signIn(gateway, token)).status).toBe(200);
      const answer = await signIn(gateway, token);
      expect([answer.status, errorOf(answer).code]).toEqual([429, "KAL_THROTTLED"]);
      const other = await issuer.sign({ oid: "bb11bb22-cc33-4d44-8e55-ff6677889900" });
      expect((await signIn(gateway, other)).status).toBe(200);
    }));

  it("does not exist if it is not configured", () =>
    vendor.run(async (gateway) => {
      const answer = await signIn(gateway, await issuer.sign());
      expect(errorOf(answer).message).toBe("This service has no sign-in.");
      expect((await gateway.call("GET", "/api/v1/sign-in")).body).toEqual({ typedCredentials: true });
    }));
});

describe("a ticket of somebody who signed in", () => {
  it("ends at the latest a minute after the token, used or not", () =>
    run(async (gateway) => {
      const ticket = await ticketOf(gateway, { exp: Math.floor(now() / 1000) + 600 });
      later = 600_000 + 50_000;
      expect((await query(gateway, ticket)).status).toBe(200);
      later = 600_000 + 61_000;
      expect(errorOf(await query(gateway, ticket)).code).toBe("KAL_SESSION_ENDED");
    }));

  it("ends after a day at the latest, whatever the token says", () =>
    run(async (gateway) => {
      const { body } = await signIn(
        gateway,
        await issuer.sign({ exp: Math.floor(now() / 1000) + 10 * 86_400 }),
      );
      expect(Date.parse(body.expiresAt) - now()).toBeLessThanOrEqual(86_400_000);
    }));

  it("does not end the ticket that it replaces, so that no call in progress is lost", () =>
    run(async (gateway) => {
      const before = await ticketOf(gateway);
      const after = await ticketOf(gateway);
      expect(after).not.toBe(before);
      for (const ticket of [before, after]) expect((await query(gateway, ticket)).status).toBe(200);
    }));

  it("opens other connections with another role, and says what to do about a lost one", () =>
    run(async (gateway) => {
      const ticket = await ticketOf(gateway, { roles: ["Sites.Read"] });
      expect((await query(gateway, ticket, "sites")).status).toBe(200);
      const error = errorOf(await query(gateway, ticket, "pricing"));
      expect(error.code).toBe("KAL_FORBIDDEN");
      expect(error.message).toBe("Your account has no role that opens the connection “pricing”.");
      expect(error.hint).toContain("Ask for access");
    }));

  it("ends everywhere when the analyst signs out", () =>
    run(async (gateway) => {
      const ticket = await ticketOf(gateway);
      expect((await gateway.call("DELETE", "/api/v1/session", { ticket })).status).toBe(204);
      expect(errorOf(await me(gateway, ticket)).code).toBe("KAL_SESSION_ENDED");
    }));

  it("changes no secret", () =>
    run(async (gateway) => {
      const ticket = await ticketOf(gateway);
      const body = { clientSecret: "stolen" };
      const answer = await gateway.call("PUT", "/api/v1/session/secret", { ticket, body });
      expect(errorOf(answer).code).toBe("KAL_FORBIDDEN");
    }));

  it("contains no secret, and neither does its session", () =>
    run(
      async (gateway, folder) => {
        const ticket = await ticketOf(gateway);
        await query(gateway, ticket);
        for (const place of [folder, sessionFolder]) {
          for (const file of readdirSync(place, { withFileTypes: true }).filter((entry) => entry.isFile())) {
            expect(readFileSync(path.join(place, file.name), "utf8")).not.toMatch(/planted/);
          }
        }
        expect(Buffer.from(ticket.split("_")[2] ?? "", "base64url").toString()).not.toContain(heldSecret);
      },
      {
        variables: {
          KAL_SESSION_FILE: path.join(sessionFolder, "sessions.json"),
        },
      },
    ));
});

describe("after the next start", () => {
  it("a role removed from the configuration opens nothing any more", async () => {
    const sessions = { KAL_SESSION_FILE: path.join(sessionFolder, "sessions.json") };
    let ticket = "";
    await run(
      async (gateway) => {
        ticket = await ticketOf(gateway, { roles: ["Pricing.Read", "Sites.Read"] });
        expect((await query(gateway, ticket, "sites")).status).toBe(200);
      },
      { variables: sessions },
    );
    await run(
      async (gateway) => {
        expect((await query(gateway, ticket, "pricing")).status).toBe(200);
        expect(errorOf(await query(gateway, ticket, "sites")).code).toBe("KAL_FORBIDDEN");
      },
      {
        variables: sessions,
        file: {
          connections: ["pricing", "sites"].map((id) => ({
            id,
            label: id,
            environment: "own",
            clientId: "c",
            scope: "s",
            secret: { env: "KAL_TEST_SECRET" },
            roles: [id === "sites" ? "Someone.Else" : "Pricing.Read"],
          })),
        },
      },
    );
  });

  it("a removed connection is unknown, and is never replaced by another", async () => {
    const sessions = { KAL_SESSION_FILE: path.join(sessionFolder, "sessions.json") };
    let ticket = "";
    await run(
      async (gateway) => {
        ticket = await ticketOf(gateway, { roles: ["Pricing.Read", "Sites.Read"] });
      },
      { variables: sessions },
    );
    const only = {
      id: "pricing",
      label: "Pricing",
      environment: "own",
      clientId: "c",
      scope: "s",
      secret: { env: "KAL_TEST_SECRET" },
      roles: ["Pricing.Read"],
    };
    await run(
      async (gateway) => {
        expect(errorOf(await query(gateway, ticket, "sites")).code).toBe("KAL_CONNECTION_UNKNOWN");
        expect((await query(gateway, ticket, "pricing")).status).toBe(200);
      },
      { variables: sessions, file: { connections: [only] } },
    );
  });
});

describe("typed credentials", () => {
  it("and sign-in can be allowed together", () =>
    run(async (gateway) => {
      const { ticket } = await gateway.connect(connectBody);
      expect((await me(gateway, ticket)).body).toEqual({
        expiresAt: expect.any(String) as string,
        connections: [{ name: "own", environment: "own", label: "Own" }],
      });
      expect((await query(gateway, ticket, "own")).status).toBe(200);
      expect(errorOf(await query(gateway, ticket, "pricing")).code).toBe("KAL_CONNECTION_UNKNOWN");
    }));

  it("are refused if they are disabled, and so are earlier tickets", async () => {
    const sessions = { KAL_SESSION_FILE: path.join(sessionFolder, "sessions.json") };
    let ticket = "";
    await run(
      async (gateway) => {
        ({ ticket } = await gateway.connect(connectBody));
      },
      { variables: sessions },
    );
    await run(
      async (gateway) => {
        expect(errorOf(await me(gateway, ticket)).code).toBe("KAL_SESSION_ENDED");
        const answer = await gateway.call("POST", "/api/v1/session", { body: connectBody });
        expect(errorOf(answer).code).toBe("KAL_FORBIDDEN");
        expect((await gateway.call<SignInSettings>("GET", "/api/v1/sign-in")).body.typedCredentials).toBe(
          false,
        );
      },
      { variables: sessions, file: { typedCredentials: false } },
    );
  });
});

describe("the secret that the organisation holds", () => {
  it("is replaced without interruption: the next one is used when Entra refuses the first", () => {
    let good = heldSecret;
    vendor.answerToken = ({ body }, response) => {
      if (new URLSearchParams(body).get("client_secret") === good) sendToken(response, "good", 60);
      else sendJson(response, 401, { error: "invalid_client", error_codes: [7000222] });
    };
    return run(
      async (gateway) => {
        const ticket = await ticketOf(gateway);
        expect((await query(gateway, ticket)).status).toBe(200);
        good = nextHeldSecret;
        later = 120_000;
        expect((await query(gateway, ticket)).status).toBe(200);
        expect(gateway.log()).toContain('"connection":"pricing","secret":"nextSecret"');
        const metrics = await request(`http://127.0.0.1:${gateway.metricsPort}/metrics`);
        const text = await metrics.body.text();
        expect(text).toContain('kal_connection_secret{connection="pricing",secret="nextSecret"} 1');
        expect(text).toContain('kal_connection_secret{connection="pricing",secret="secret"} 0');
        expect(gateway.log() + text).not.toContain("planted");
      },
      { variables: { KAL_METRICS_PORT: "0" } },
    );
  });

  it("is reported in the cell if both are refused, and not requested again for half a minute", () => {
    vendor.answerToken = (_, response) =>
      sendJson(response, 401, { error: "invalid_client", error_codes: [7000222] });
    return run(async (gateway) => {
      const ticket = await ticketOf(gateway);
      const error = errorOf(await query(gateway, ticket));
      expect(error).toMatchObject({ code: "KAL_SECRET_EXPIRED" });
      expect(error.message).toContain("your organisation holds");
      await query(gateway, ticket);
      expect(vendor.tokenRequests()).toHaveLength(2);
    });
  });

  it("never reaches a caller, whatever the Data API echoes", () => {
    const echo = { id: { entityId: heldSecret }, data: { price: 1, note: nextHeldSecret } };
    vendor.answerData = ({ path: address }, response) =>
      sendJson(response, 200, address.includes("offset") ? [] : [echo]);
    return run(async (gateway) => {
      const ticket = await ticketOf(gateway);
      const body = { collection: "price", fields: ["price", "entityId", "note"] };
      const { status, text } = await gateway.call("POST", "/api/v1/query", { ticket, body });
      expect(status).toBe(200);
      expect(text).not.toContain(heldSecret);
      expect(text).not.toContain(nextHeldSecret);
    });
  });
});

describe("one token and one share of the caches", () => {
  it("serve all analysts of a connection", () =>
    run(async (gateway) => {
      const tickets = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          ticketOf(gateway, { oid: `${String(index).padStart(8, "0")}-cc33-4d44-8e55-ff6677889900` }),
        ),
      );
      const answers = await Promise.all(tickets.map((ticket) => query(gateway, ticket)));
      for (const answer of answers) expect(answer.status).toBe(200);
      expect(vendor.tokenRequests()).toHaveLength(1);
    }));
});

describe("metrics", () => {
  it("count sessions, sign-ins by outcome, renewals, connections and refused roles", () =>
    run(
      async (gateway) => {
        const ticket = await ticketOf(gateway);
        await ticketOf(gateway);
        await signIn(gateway, await issuer.sign({ roles: undefined }));
        await query(gateway, ticket, "pricing");
        await query(gateway, ticket, "sites");
        await query(gateway, ticket, "mistyped~canary");
        const { body } = await request(`http://127.0.0.1:${gateway.metricsPort}/metrics`);
        const text = await body.text();
        for (const line of [
          'kal_sessions{kind="analyst"} 2',
          'kal_sessions{kind="typed"} 0',
          'kal_sign_ins_total{kind="sign-in",outcome="ok"} 1',
          'kal_sign_ins_total{kind="renewal",outcome="ok"} 1',
          'kal_sign_ins_total{kind="sign-in",outcome="no-role"} 1',
          'kal_connection_requests_total{connection="pricing",outcome="ok"} 1',
          'kal_connection_requests_total{connection="sites",outcome="KAL_FORBIDDEN"} 1',
          'kal_roles_refused_total{connection="sites"} 1',
          "kal_audit_losses 0",
        ]) {
          expect(text).toContain(line);
        }
        expect(text).not.toMatch(/mistyped|aa11bb22|Ada/);
      },
      { variables: { KAL_METRICS_PORT: "0" } },
    ));
});
