/**
 * The same small query, as a call to the API, to the proxy and to the gateway.
 * @module
 */
import { Pool } from "undici";

export const query = "(entityVariant=Own)+(orderBy=createdOn)+(direction=descending)+(limit=5)";
const fields = ["importCode", "name", "postCode"];
/** `maxChars` makes each request another one: equal ones would share a pull. */
const asked = { collection: "site", query, fields, maxAge: 0, maxChars: 100_000_000 };

/** @param {{ origin: string, environment: any }} simulator @returns {Promise<string>} */
export async function getToken({ origin, environment }) {
  const { clientId, clientSecret, scope } = environment.credentials;
  const answer = await fetch(`${origin}/${environment.tenant}/oauth2/v2.0/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: clientId,
      client_secret: clientSecret,
      scope,
    }),
  });
  return (await answer.json()).access_token;
}

/**
 * GET, parse, take three fields: what a program would do that calls the API directly or through a proxy.
 * @param {string} origin @param {string} token @param {number} [connections]
 */
export function directCall(origin, token, connections = 1) {
  const pool = new Pool(origin, { connections });
  const headers = { authorization: `Bearer ${token}`, "user-agent": "kal-bench/1" };
  return async () => {
    const { statusCode, body } = await pool.request({
      path: `/api/site?query=${query}`,
      method: "GET",
      headers,
    });
    const documents = /** @type {any[]} */ (await body.json());
    if (statusCode !== 200 || documents.length !== 5) throw new Error(`status ${statusCode}`);
    return documents.map((document) => fields.map((field) => document[field] ?? document.data?.[field]));
  };
}

/** @param {string} origin @param {number} [connections] */
export async function gatewayCall(origin, connections = 1) {
  const pool = new Pool(origin, { connections });
  /** @param {string} path @param {object} content @param {object} [more] */
  const post = async (path, content, more) => {
    const { statusCode, body } = await pool.request({
      path,
      method: "POST",
      headers: { "content-type": "application/json", "x-kal-request": "1", ...more },
      body: JSON.stringify(content),
    });
    const answer = /** @type {any} */ (await body.json());
    if (statusCode !== 200) throw new Error(JSON.stringify(answer));
    return answer;
  };
  const { ticket } = await post("/api/v1/session", { environment: "sample" });
  const call = async () => {
    asked.maxChars += 1;
    const { rows } = await post("/api/v1/query", asked, { authorization: `Bearer ${ticket}` });
    if (rows.length !== 5) throw new Error(`${rows.length} rows`);
    return rows;
  };
  return Object.assign(call, { ticket });
}

/** The raw HTTP request of `gatewayCall`'s query. @param {string} ticket */
export const gatewayRequest = (ticket) => ({
  path: "/api/v1/query",
  headers: {
    "content-type": "application/json",
    "x-kal-request": "1",
    authorization: `Bearer ${ticket}`,
  },
  body: JSON.stringify({ ...asked, maxChars: 100_000_000 }),
});
