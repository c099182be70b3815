/**
 * Selected fields of the Data API's status: the answer contains the bearer token itself, so only named fields are
 * passed on.
 * @module
 */
import { KalError } from "../../kalibrate/errors.ts";
import type { Status } from "../../kalibrate/gateway-api.ts";
import { type Connection, secretsOf } from "../sessions/connection.ts";
import { version } from "../version.ts";
import { type DataApiClient, type GetOptions, statusPath } from "./client.ts";
import { scrub } from "./scrub.ts";

/** Characters; the longest real value is a URL with a GUID. */
const maxChars = 300;

/**
 * Requests the status of the Data API, which tests base URL, token and scope at once.
 * @throws KalError as `DataApiClient.get`; KAL_UPSTREAM_INVALID if there is no Data API at the base URL.
 */
export async function fetchStatus(
  dataApi: DataApiClient,
  connection: Connection,
  options: Pick<GetOptions, "signal" | "requestId">,
): Promise<Status> {
  const { body, latency } = await dataApi
    .get(connection, statusPath, { ...options, always: true })
    .catch((error: unknown) => {
      throw isMisplaced(error) ? noDataApi(connection, error) : error;
    });
  if (typeof body !== "object" || body === null || Array.isArray(body))
    throw noDataApi(connection, undefined);
  const { name, environment, tenant, credentials } = connection;
  const said = body as Record<string, unknown>;
  const secrets = [...secretsOf(connection), typeof said["token"] === "string" ? said["token"] : ""];
  const field = (key: string): string => {
    const value = said[key];
    if (typeof value !== "string" && typeof value !== "number") return "";
    return scrub(String(value), secrets).slice(0, maxChars);
  };
  return {
    connection: name,
    environment: environment.id,
    state: "connected",
    tenant,
    clientId: field("clientId") || credentials.clientId,
    customerId: field("tenantId"),
    audience: field("audience"),
    issuer: field("issuer"),
    version: field("version"),
    expirationTime: field("expirationTime"),
    latency: Math.round(latency),
    gatewayVersion: version,
  };
}

/**
 * For a query these errors mean a wrong collection or clause. The status call has neither, so the base URL is wrong.
 */
function isMisplaced(error: unknown): boolean {
  return (
    error instanceof KalError &&
    (error.code === "KAL_COLLECTION_UNKNOWN" || error.code === "KAL_QUERY_INVALID")
  );
}

function noDataApi({ environment }: Connection, cause: unknown): KalError {
  return new KalError("KAL_UPSTREAM_INVALID", {
    message: `There is no Kalibrate Data API at ${environment.apiBaseUrl}.`,
    hint: "Check the base URL; it looks like https://dev.data.thekalibratecloud.com/api.",
    cause,
  });
}
