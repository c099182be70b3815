/**
 * Checks what the service must reach: identity providers and their clocks, the Data API with each held connection, and
 * the service itself.
 * @module
 */
import { request } from "undici";
import { KalError } from "../../kalibrate/errors.ts";
import { encodeQuery } from "../../kalibrate/query/format.ts";
import { readProxies } from "../configuration/proxies.ts";
import { fetchStatus } from "../data-api/status.ts";
import { createServices } from "../services.ts";
import type { Connection } from "../sessions/connection.ts";
import { createMemoryStore } from "../store/memory-store.ts";
import { advice, type CheckContext, failed, type Finding, ok } from "./finding.ts";

/** Milliseconds for each request. */
const timeoutMs = 10_000;

/** Entra refuses assertions and tokens whose times are five minutes off. Seconds. */
const maxClockSkew = 120;

export async function checkUpstreams(context: CheckContext): Promise<Finding[]> {
  const { environment, now } = context;
  const { https } = readProxies(environment, []);
  const proxy = ok("proxy", https === undefined ? "none" : new URL(https).host);
  const services = createServices({ ...context, store: createMemoryStore(now) });
  // Without the environments that the configuration replaces.
  const known = services.environments.list;
  const { signIn } = context.configuration;
  const named = [...known, ...(signIn ? [signIn] : [])];
  const authorities = [...new Set(named.map(({ authority }) => new URL(authority).origin))];
  const { list } = services.organisation;
  const found = await Promise.all([
    ...authorities.map((authority) => checkClock(authority, context)),
    ...list.map((connection) => checkConnection(connection, services)),
  ]);
  const none = ok("connections", "none held here: analysts type their own");
  return [proxy, ...found.flat(), ...(list.length === 0 ? [none] : [])];
}

/** Any answer shows the identity provider's time. */
async function checkClock(authority: string, { dispatcher, now }: CheckContext): Promise<Finding[]> {
  const subject = `identity provider ${new URL(authority).host}`;
  try {
    const { headers, body } = await request(authority, {
      dispatcher,
      method: "HEAD",
      signal: AbortSignal.timeout(timeoutMs),
    });
    await body.dump();
    const skew = Math.round((now() - Date.parse(String(headers["date"]))) / 1000);
    if (Number.isNaN(skew)) return [advice(subject, "reached, but sends no time")];
    return Math.abs(skew) > maxClockSkew
      ? [
          failed(
            subject,
            `this computer's clock is ${Math.abs(skew)} s ${skew > 0 ? "ahead" : "behind"}: set it`,
          ),
        ]
      : [ok(subject, `reached, clocks ${Math.abs(skew)} s apart`)];
  } catch (error) {
    return [failed(subject, `cannot be reached (${reasonOf(error)}): check the firewall and HTTPS_PROXY`)];
  }
}

/** Requests a token, the status and one record: what an analyst's first cell needs. */
async function checkConnection(
  connection: Connection,
  { dataApi }: Pick<ReturnType<typeof createServices>, "dataApi">,
): Promise<Finding[]> {
  const subject = `connection ${connection.name}`;
  const options = { signal: AbortSignal.timeout(3 * timeoutMs) };
  try {
    const { latency } = await fetchStatus(dataApi, connection, options);
    const query = encodeQuery([{ property: "limit", operator: "=", value: "1" }]);
    await dataApi.get(connection, "/site", { ...options, query });
    const answers = ok(
      subject,
      `token, status (${latency} ms) and one record from ${connection.environment.apiBaseUrl}`,
    );
    // The one in use comes first.
    const serving = connection.held?.candidates()[0]?.name;
    const replaced = "the first secret is refused, the next one serves: move it to the first place";
    return serving === "nextSecret" ? [answers, advice(subject, replaced)] : [answers];
  } catch (error) {
    if (!(error instanceof KalError)) return [failed(subject, `does not answer (${reasonOf(error)})`)];
    return [failed(subject, `${error.code}: ${error.message} ${error.hint}`)];
  }
}

/** Calls the service at its public address, as an analyst's Excel does, if it is already running. */
export async function checkOrigin({ configuration, dispatcher }: CheckContext): Promise<Finding[]> {
  const { origin } = configuration;
  if (origin === undefined) return [ok("origin", "KAL_ORIGIN is not set: this computer only")];
  const subject = `origin ${origin}`;
  try {
    const { statusCode, body } = await request(`${origin}/health/live`, {
      dispatcher,
      signal: AbortSignal.timeout(timeoutMs),
    });
    await body.dump();
    return [
      statusCode === 200
        ? ok(subject, "answers")
        : failed(subject, `answers ${statusCode}: the proxy in front must pass on the Host header unchanged`),
    ];
  } catch (error) {
    return [
      advice(
        subject,
        `does not answer (${reasonOf(error)}): normal before the first start, a fault after it`,
      ),
    ];
  }
}

function reasonOf(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  return code ?? message ?? String(error);
}
