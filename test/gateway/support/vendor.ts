/**
 * An identity provider and Data API in one small server whose answers the test chooses.
 * @module
 */
import type { Pause } from "../../../src/gateway/data-api/retry.ts";
import type { TestGateway } from "./gateway.ts";
import { connectBody, withOwnEnvironment } from "./own-environment.ts";
import {
  type Answer,
  isTokenRequest,
  type Received,
  sendJson,
  sendStatus,
  sendToken,
  startUpstream,
} from "./upstream.ts";

export interface Vendor {
  readonly origin: string;
  /** How the identity provider answers; by default with `token-1`, `token-2`, … */
  answerToken: Answer;
  /** How the Data API answers; by default with a valid status. */
  answerData: Answer;
  readonly tokenRequests: () => Received[];
  readonly dataRequests: () => Received[];
  /** Runs a gateway whose environment `own` is this server. */
  readonly run: (use: (gateway: TestGateway) => Promise<void>, options?: RunOptions) => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface RunOptions {
  readonly variables?: Record<string, string>;
  readonly now?: () => number;
  readonly pause?: Pause;
}

export async function startVendor(): Promise<Vendor> {
  let issued = 0;
  const upstream = await startUpstream((request, ...rest) => {
    (isTokenRequest(request) ? vendor.answerToken : vendor.answerData)(request, ...rest);
  });
  const { origin, received } = upstream;
  const vendor: Vendor = {
    origin,
    answerToken: (_, response) => sendToken(response, `token-${++issued}`),
    answerData: (_, response) => sendStatus(response, "echoed"),
    tokenRequests: () => received.filter(isTokenRequest),
    dataRequests: () => received.filter((request) => !isTokenRequest(request)),
    run: (use, options) => withOwnEnvironment({ authority: origin, api: origin }, use, options),
    close: () => upstream.close(),
  };
  return vendor;
}

/** Tries to connect to the environment `own`. */
export function connect(gateway: TestGateway) {
  return gateway.call("POST", "/api/v1/session", { body: connectBody });
}

const prices = [{ id: { entityId: "1" }, data: { price: 1.459 } }];

/** The only price; like a real server, it returns nothing beyond the end. */
const pricesAt = (path: string) => (path.includes("offset") ? [] : prices);

/** Gives the Data API one price. */
export function servePrices(vendor: Vendor): void {
  vendor.answerData = ({ path }, response) => {
    if (path.startsWith("/api/status")) sendStatus(response, "echoed");
    else sendJson(response, 200, pricesAt(path));
  };
}

/** Like `servePrices`, but requests wait until `release`; `arrived` resolves when one has arrived. */
export function holdPrices(vendor: Vendor) {
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  const arrived = new Promise<void>((resolve) => {
    vendor.answerData = ({ path }, response) => {
      if (path.startsWith("/api/status")) return sendStatus(response, "echoed");
      resolve();
      void released.then(() => sendJson(response, 200, pricesAt(path)));
    };
  });
  return { arrived, release };
}
