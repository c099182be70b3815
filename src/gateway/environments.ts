/**
 * The environments of this service, and the resolution of typed base URLs.
 * @module
 */
import { isSameConnection } from "../kalibrate/connection-name.ts";
import { defaultAuthority, type Environment, normaliseBaseUrl } from "../kalibrate/environments.ts";
import { KalError } from "../kalibrate/errors.ts";
import { isLoopbackUrl, isSafeScheme, matchesHost } from "./destinations.ts";

export interface Environments {
  readonly list: readonly Environment[];
  find(id: string): Environment | undefined;
  /**
   * The environment at a base URL: the configured one if there is one (so that its identity provider is used),
   * otherwise a new one with Entra's public cloud.
   * @throws KalError KAL_REQUEST_INVALID if it is not a URL, KAL_HOST_REFUSED if its host is not allowed.
   */
  at(apiBaseUrl: string): Environment;
  /**
   * Whether a connection's name is the id of an environment other than its own, in any letter case: `production:price`
   * must never be answered by a connection to another environment.
   */
  isIdOfOther(name: string, environment: Environment): boolean;
}

export interface EnvironmentSettings {
  /** Later ones replace earlier ones with the same id. */
  readonly environments: readonly Environment[];
  readonly allowedApiHosts: readonly string[];
  readonly allowLoopback: boolean;
}

export function createEnvironments(settings: EnvironmentSettings): Environments {
  const byId = new Map(settings.environments.map((environment) => [environment.id, environment]));
  const list = [...byId.values()];

  return {
    list,
    find: (id) => byId.get(id),
    isIdOfOther: (name, environment) =>
      list.some((other) => isSameConnection(other.id, name) && !isSameConnection(other.id, environment.id)),
    at(text) {
      const url = parse(text);
      const apiBaseUrl = normaliseBaseUrl(url);
      const configured = list.find((environment) => environment.apiBaseUrl === apiBaseUrl);
      if (configured) return configured;
      if (!isAllowed(url, settings)) {
        throw new KalError("KAL_HOST_REFUSED", {
          message: `The base URL’s host ${url.host} is not allowed here.`,
        });
      }
      return { id: url.host, label: url.host, apiBaseUrl, authority: defaultAuthority };
    },
  };
}

function parse(text: string): URL {
  const trimmed = text.trim();
  const url = URL.canParse(trimmed) ? new URL(trimmed) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new KalError("KAL_REQUEST_INVALID", {
      message: "apiBaseUrl is not a web address.",
      hint: "Enter it as Kalibrate gave it; it looks like https://dev.data.thekalibratecloud.com/api.",
    });
  }
  if (url.username || url.password) {
    throw new KalError("KAL_HOST_REFUSED", {
      message: "A base URL must not contain a user name or password.",
    });
  }
  return url;
}

function isAllowed(url: URL, { allowedApiHosts, allowLoopback }: EnvironmentSettings): boolean {
  if (!isSafeScheme(url, allowLoopback)) return false;
  return matchesHost(url, allowedApiHosts) || (allowLoopback && isLoopbackUrl(url));
}
