/** A token request carries the secret: it goes to the token endpoint only, whatever URL msal-node requests. */
import { Agent } from "undici";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createEntraNetwork } from "../../src/gateway/token-service/entra-network.ts";
import { startUpstream, type Upstream } from "./support/upstream.ts";

let endpoint: Upstream;
let elsewhere: Upstream;
const dispatcher = new Agent();
const path = "/tenant/oauth2/v2.0/token";

beforeAll(async () => {
  const start = () => startUpstream((_, response) => response.end("{}"));
  [endpoint, elsewhere] = await Promise.all([start(), start()]);
});
afterAll(async () => {
  await dispatcher.close();
  await endpoint.close();
  await elsewhere.close();
});

function network() {
  const tokenEndpoint = new URL(path, endpoint.origin);
  return createEntraNetwork({ dispatcher, tokenEndpoint, timeout: 10_000, onRepeat: () => undefined });
}

describe("the network of a token request", () => {
  it("accepts the token endpoint, followed by msal-node's request id", async () => {
    const { sendPostRequestAsync } = network();
    const answer = await sendPostRequestAsync(`${endpoint.origin}${path}?client-request-id=1`, {
      body: "secret",
    });
    expect(answer.status).toBe(200);
    expect(endpoint.received.map(({ body }) => body)).toEqual(["secret"]);
  });

  it.each([
    ["another host", () => `${elsewhere.origin}${path}`],
    ["another path", () => `${endpoint.origin}/other/oauth2/v2.0/token`],
    ["a path behind it", () => `${endpoint.origin}${path}/more`],
    ["another scheme", () => `${endpoint.origin.replace("http:", "https:")}${path}`],
  ])("refuses %s, and sends nothing", async (_, address) => {
    const before = [endpoint, elsewhere].map(({ received }) => received.length);
    const { sendPostRequestAsync, sendGetRequestAsync } = network();
    const refused = { name: "DestinationError" };
    await expect(sendPostRequestAsync(address(), { body: "secret" })).rejects.toMatchObject(refused);
    await expect(sendGetRequestAsync(address())).rejects.toMatchObject(refused);
    expect([endpoint, elsewhere].map(({ received }) => received.length)).toEqual(before);
  });
});
