/**
 * HTTP calls to a simulator, as any client makes them.
 * @module
 */
import type { Credentials } from "../../../src/kalibrate/environments.ts";
import type { SampleDocument } from "../../../src/simulator/sample/document.ts";
import type { Simulator } from "../../../src/simulator/simulator.ts";

export const userAgent = "simulator-tests/1";

/** Posts a token request; undefined fields are omitted. */
export function requestToken(
  simulator: Simulator,
  change: Record<string, string | undefined> = {},
  init: { tenant?: string; headers?: Record<string, string>; credentials?: Credentials } = {},
): Promise<Response> {
  const { clientId, clientSecret, scope } = init.credentials ?? simulator.credentials.sample;
  const fields = {
    grant_type: "client_credentials",
    client_id: clientId,
    client_secret: clientSecret,
    scope,
    ...change,
  };
  const present = Object.entries(fields).filter((field): field is [string, string] => field[1] !== undefined);
  const tenant = init.tenant ?? simulator.environment.tenant;
  return fetch(`${simulator.origin}/${tenant}/oauth2/v2.0/token`, {
    method: "POST",
    headers: init.headers ?? {},
    body: new URLSearchParams(present),
  });
}

export async function tokenOf(simulator: Simulator, credentials?: Credentials): Promise<string> {
  const answer = await requestToken(simulator, {}, credentials ? { credentials } : {});
  const { access_token } = (await answer.json()) as { access_token: string };
  return access_token;
}

/** A caller with a token of the sample client: `get("/price?query=(limit=5)")`. */
export async function connect(simulator: Simulator) {
  const token = await tokenOf(simulator);
  const get = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`${simulator.apiBaseUrl}${path}`, {
      ...init,
      headers: { authorization: `Bearer ${token}`, "user-agent": userAgent },
    });
  /** The documents of an answer, without nulls. */
  const documents = async (path: string): Promise<SampleDocument[]> => {
    const answer = await get(path);
    const body = (await answer.json()) as (SampleDocument | null)[];
    return body.filter((element) => element !== null);
  };
  return { token, get, documents };
}

export type Caller = Awaited<ReturnType<typeof connect>>;
