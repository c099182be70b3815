/**
 * The answers that replace the real one when a fault applies.
 * @module
 */
import type { Endpoint } from "./request-log.ts";

/** An answer sent instead of the real one. */
export interface FaultAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  readonly location?: string;
}

const json = "application/json; charset=utf-8";

/** Redirects to a host that does not exist, so following it fails. */
const redirect: FaultAnswer = {
  status: 307,
  contentType: "text/html",
  body: "<html><body>Moved</body></html>",
  location: "https://elsewhere.invalid/",
};

const signInPage: FaultAnswer = {
  status: 200,
  contentType: "text/html",
  body: "<!DOCTYPE html><html><head><title>Sign in</title></head><body><form></form></body></html>",
};

const blockedPage: FaultAnswer = {
  status: 403,
  contentType: "text/html",
  body: "<!DOCTYPE html><html><head><title>Access denied</title></head><body>Blocked by policy</body></html>",
};

const proxySignIn: FaultAnswer = { ...blockedPage, status: 407 };

/** Refusals in the error formats of other APIs; the Data API's format is not documented. */
export const refusals = {
  json: { contentType: json, body: '{"message":"Something is wrong with the request."}' },
  problem: {
    contentType: "application/problem+json",
    body: '{"type":"about:blank","title":"Bad Request","detail":"Something is wrong with the request."}',
  },
  text: { contentType: "text/plain", body: "Something is wrong with the request." },
  html: { contentType: "text/html", body: "<html><body><h1>Something is wrong</h1></body></html>" },
  empty: { contentType: "text/plain", body: "" },
} as const;

/**
 * What a fault answers, by endpoint. Entra throttles client credentials with plain text, and its front end answers with
 * HTML when it is down. Both have broken clients that parse every answer as JSON.
 */
export const faultAnswers: Record<
  | "unauthorised"
  | "throttled"
  | "unavailable"
  | "redirected"
  | "sign-in-page"
  | "blocked-page"
  | "proxy-sign-in",
  Record<Endpoint, FaultAnswer>
> = {
  unauthorised: {
    data: { status: 401, contentType: json, body: '{"statusCode":401,"message":"Access denied."}' },
    token: { status: 401, contentType: json, body: '{"error":"invalid_client"}' },
  },
  throttled: {
    data: { status: 429, contentType: json, body: '{"statusCode":429,"message":"Rate limit is exceeded."}' },
    token: { status: 429, contentType: "text/plain", body: "Too Many Requests" },
  },
  unavailable: {
    data: { status: 503, contentType: json, body: '{"statusCode":503,"message":"Service unavailable."}' },
    token: {
      status: 503,
      contentType: "text/html",
      body: "<!DOCTYPE html><html><head><title>Service Unavailable</title></head><body><h2>Our services aren't available right now</h2></body></html>",
    },
  },
  redirected: { data: redirect, token: redirect },
  "sign-in-page": { data: signInPage, token: signInPage },
  "blocked-page": { data: blockedPage, token: blockedPage },
  "proxy-sign-in": { data: proxySignIn, token: proxySignIn },
};
