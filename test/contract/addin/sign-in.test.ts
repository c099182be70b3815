/** Analysts sign in through Excel’s account, with Microsoft’s real library: silently, as cells need it. */
import { onTestFinished, describe, expect, it } from "vitest";
import type { HeldConnection } from "../../../src/addin/runtime/session/connection-store.ts";
import type { Person } from "../../../src/simulator/sign-in/people.ts";
import { createMemoryStorage } from "../../../src/workbench/excel-host/node/memory-storage.ts";
import type {
  AccountRequest,
  BridgeOutcome,
  HostAccount,
} from "../../../src/workbench/excel-host/nested-app-auth.ts";
import {
  connectionSecret,
  type SignedInService,
  startSignedInService,
} from "../../support/signed-in-service.ts";
import { addinFolder, type Excel, type ExcelOptions, errorOf, openExcel, storedConnections } from "./kal.ts";

async function startSignedIn(options: object = {}): Promise<SignedInService> {
  const service = await startSignedInService({ addinFolder, ...options });
  onTestFinished(service.close);
  return service;
}

interface Account extends HostAccount {
  /** Who is signed in to Excel. */
  person: Person;
  how: (request: AccountRequest) => BridgeOutcome;
  readonly requests: AccountRequest[];
}

function accountOf({ provider }: SignedInService, person: Person = provider.people.ada): Account {
  const account: Account = {
    person,
    how: () => "ok",
    requests: [],
    outcome(request) {
      account.requests.push(request);
      return account.how(request);
    },
    token: () => provider.hostToken(account.person),
  };
  return account;
}

const tokens = ({ requests }: Account) => requests.filter(({ method }) => method === "GetToken").length;

const open = (service: SignedInService, options: Partial<ExcelOptions> = {}) =>
  openExcel({ service: service as never, connections: [], ...options });

const held = ({ storage }: Excel) =>
  JSON.parse(storage.getItem(storedConnections) ?? "[]") as HeldConnection[];

/** The tickets of http pages are in their memory only, so what a cell sees tells who is signed in. */
async function signedIn(excel: Excel, connection = "pricing"): Promise<void> {
  await expect
    .poll(async () => errorOf(await excel.call("QUERY", `${connection}:site`, "", "name", 0, 1)), {
      timeout: 20_000,
    })
    .not.toContain("#VALUE!");
}

describe("through Excel’s account", () => {
  it("signs in without a click, and opens the connections of the roles", async () => {
    const service = await startSignedIn();
    const excel = await open(service, { account: accountOf(service) });
    await signedIn(excel);
    await signedIn(excel, "sites");
    expect(held(excel)).toEqual([]);
    await expect
      .poll(() =>
        service.audit().map(({ audit, operation = "", outcome }) => `${audit} ${operation} ${outcome}`),
      )
      .toEqual(expect.arrayContaining(["sign-in  ok", "use query ok"]));
  });

  it("tells a cell which connection is not open, and what to do", async () => {
    const service = await startSignedIn();
    const excel = await open(service, { account: accountOf(service, service.provider.people.ben) });
    await signedIn(excel, "sites");
    const text = errorOf(await excel.call("QUERY", "pricing:site", "", "name", 0, 1));
    expect(text).toContain("no role that opens the connection “pricing”");
    expect(text).toContain("Ask for access");
    for (const name of ["mars", "Ærø"])
      expect(errorOf(await excel.call("QUERY", `${name}:site`))).toContain("KAL_CONNECTION_UNKNOWN");
  });

  it("tells somebody without a role whom to ask", async () => {
    const service = await startSignedIn();
    const excel = await open(service, { account: accountOf(service, service.provider.people.cleo) });
    await expect
      .poll(async () => errorOf(await excel.call("QUERY", "site")), { timeout: 20_000 })
      .toContain("pricing-systems@example.com");
  });

  it("is not there for a service that has not set it up", async () => {
    const service = await startSignedIn();
    const account = accountOf(service);
    const typed = { ...service, signIn: "" };
    const excel = await openExcel({ service: typed as never, connections: [], account });
    expect(errorOf(await excel.call("QUERY", "site"))).toContain("KAL_NOT_CONNECTED");
    expect(account.requests).toEqual([]);
  });
});

describe("a token that ends", () => {
  it("under 5,000 cells is renewed once, and no cell is lost", async () => {
    const service = await startSignedIn();
    const account = accountOf(service);
    const excel = await open(service, { account });
    await signedIn(excel);
    const before = tokens(account);
    const signIns = () => service.audit().filter(({ audit }) => audit === "sign-in").length;
    await expect.poll(signIns).toBe(1);
    // Every ticket of the service ends at once.
    await service.restart({});
    const cells = await Promise.all(
      Array.from({ length: 5000 }, (_, at) =>
        excel.host
          .invoke({
            functionId: at % 2 === 0 ? "LOOKUP" : "QUERY",
            args:
              at % 2 === 0
                ? ["pricing:site", "(entityVariant=Own)", "importCode", String(at), "name"]
                : ["pricing:site", `(entityVariant=Own)+(limit=${1 + (at % 10)})`, "name", 0],
          })
          .result.then(errorOf),
      ),
    );
    expect(cells.filter((text) => /KAL_S|KAL_NOT_C/.test(text)).slice(0, 3)).toEqual([]);
    await expect.poll(signIns).toBe(2);
    expect(tokens(account) - before).toBeLessThanOrEqual(1);
  });

  it("of an account that has lost its role leaves cells that say so", async () => {
    const service = await startSignedIn();
    service.provider.tokenLife = 60;
    const account = accountOf(service);
    const excel = await open(service, { account });
    await signedIn(excel);
    account.person = { ...account.person, roles: [] };
    await service.restart({});
    const text = errorOf(await excel.call("QUERY", "pricing:site", "(entityVariant=Own)", "name", 0, 2));
    expect(text).toContain("no role");
    expect(text).toContain("pricing-systems@example.com");
  });

  it("of another account than before is not taken for it", async () => {
    const service = await startSignedIn();
    service.provider.tokenLife = 60;
    const account = accountOf(service);
    const excel = await open(service, { account });
    await signedIn(excel);
    account.person = service.provider.people.ben;
    await service.restart({});
    const text = errorOf(await excel.call("QUERY", "pricing:site", "(entityVariant=Own)", "name", 0, 2));
    expect(text).toContain("Excel is now signed in as Ben Example");
  });

  it("waits for a provider that is down: the cell says so, and the next one renews", async () => {
    const service = await startSignedIn();
    service.provider.tokenLife = 60;
    const account = accountOf(service);
    const excel = await open(service, { account });
    await signedIn(excel);
    account.how = ({ method }) => (method === "GetToken" ? { status: "NO_NETWORK" } : "ok");
    await service.restart({});
    const call = (limit: number) => excel.call("QUERY", "pricing:site", "", "name", 0, limit);
    expect(errorOf(await call(2))).toContain("sign-in does not answer");
    account.how = () => "ok";
    expect(errorOf(await call(3))).not.toContain("#VALUE!");
  });
});

describe("an Excel that claims to sign people in", () => {
  it.each<[string, (request: AccountRequest) => BridgeOutcome]>([
    ["and refuses", () => ({ status: "NESTED_APP_AUTH_UNAVAILABLE" })],
    [
      "and refuses tokens (#6610)",
      ({ method }) =>
        method === "GetInitContext" ? "ok" : { status: "PERSISTENT_ERROR", code: "invalid_origin" },
    ],
    [
      "and must ask the person",
      ({ method }) => (method === "GetInitContext" ? "ok" : { status: "USER_INTERACTION_REQUIRED" }),
    ],
  ])("%s leaves cells that say: sign in", async (_, how) => {
    const service = await startSignedIn();
    const account = accountOf(service);
    account.how = how;
    const excel = await open(service, { account });
    await expect
      .poll(async () => errorOf(await excel.call("QUERY", "site")), { timeout: 30_000 })
      .toMatch(/KAL_SIGN_IN_(REQUIRED|REFUSED)/);
  });
});

it("does not sign in somebody who has signed out", async () => {
  const service = await startSignedIn();
  const account = accountOf(service);
  const storage = createMemoryStorage();
  storage.setItem("kal.signedOut", "true");
  const excel = await open(service, { account, storage });
  expect(errorOf(await excel.call("QUERY", "site"))).toContain("KAL_NOT_CONNECTED");
  expect(account.requests).toEqual([]);
});

it("leaves no secret, ticket or token on the page's storage, in the workbook, the log or the audit", async () => {
  const service = await startSignedIn();
  const account = accountOf(service);
  const given: string[] = [];
  const token = async (request: AccountRequest) => {
    const hostToken = await service.provider.hostToken(account.person);
    given.push(hostToken.access_token, hostToken.id_token);
    account.requests.push(request);
    return hostToken;
  };
  const tickets: string[] = [];
  const watched: typeof fetch = async (address, init) => {
    const response = await fetch(address, init);
    const text = await response.clone().text();
    const [, ticket] = /"ticket":"([^"]+)"/.exec(text) ?? [];
    if (ticket !== undefined) tickets.push(ticket);
    return response;
  };
  const excel = await open(service, { account: { token }, fetch: watched });
  await signedIn(excel);
  const cells = [
    await excel.call("STATUS"),
    await excel.call("QUERY", "sites:site", "(entityVariant=Own)", "name", 0, 2),
    await excel.call("QUERY", "mars:site"),
    await excel.call("LOOKUP", "pricing:site", "(entityVariant=Own)", "importCode", "4711", "name"),
  ];
  const stored = Array.from({ length: excel.storage.length }, (_, at) => {
    const key = excel.storage.key(at) ?? "";
    return [key, excel.storage.getItem(key)];
  });
  const written = JSON.stringify([
    cells,
    excel.workbook.readSettings(),
    stored,
    service.log(),
    service.audit(),
    account.requests,
  ]);
  expect(given.length).toBeGreaterThan(0);
  expect(tickets.length).toBeGreaterThan(0);
  expect(service.audit().length).toBeGreaterThan(0);
  const canaries = [
    connectionSecret(service.simulator),
    ...given.flatMap((text) => text.split(".").slice(1)),
    ...tickets.flatMap((ticket) => ticket.split("_").slice(1)),
  ];
  expect(canaries.filter((canary) => canary.length > 15 && written.includes(canary))).toEqual([]);
});
