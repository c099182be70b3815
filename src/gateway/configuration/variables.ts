/**
 * The environment variables as one table: the reader, the docs page and the messages use it.
 * @module
 */
import { isIP } from "node:net";

/** A kind of value: its description for people, and its parser. */
interface Kind<T> {
  readonly type: string;
  /** The accepted values, worded to follow “expected”. */
  readonly range: string;
  /** @returns undefined for a text that is out of range. */
  readonly read: (text: string) => T | undefined;
  /** True if the value itself must not be shown. */
  readonly secret?: true;
}

/** One row of the table. */
export interface Variable<T = unknown> extends Kind<T> {
  readonly name: string;
  /** The value if the variable is unset or empty. */
  readonly default: T | undefined;
  readonly meaning: string;
}

const integer = (min: number, max: number, unit = ""): Kind<number> => ({
  type: "number",
  range: `a whole number from ${min} to ${max}${unit && ` (${unit})`}`,
  read: (text) => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : NaN;
    return value >= min && value <= max ? value : undefined;
  },
});

const choice = (...values: readonly string[]): Kind<string> => ({
  type: "choice",
  range: `one of ${values.join(", ")}`,
  read: (text) => (values.includes(text) ? text : undefined),
});

const flag: Kind<boolean> = {
  type: "flag",
  range: "0 or 1",
  read: (text) => (text === "1" ? true : text === "0" ? false : undefined),
};

const path: Kind<string> = { type: "path", range: "a path", read: (text) => text };

const addresses: Kind<readonly string[]> = {
  type: "addresses",
  range: "IP addresses separated by commas, such as 127.0.0.1,::1 or 0.0.0.0",
  read: (text) => {
    const list = text.split(",").map((part) => part.trim());
    return list.every((address) => isIP(address) !== 0) ? list : undefined;
  },
};

const networks: Kind<readonly string[]> = {
  type: "networks",
  range: "IP addresses or networks separated by commas, such as 10.0.0.7,10.0.0.8",
  read: (text) => {
    const list = text.split(",").map((part) => part.trim());
    return list.every(isNetwork) ? list : undefined;
  },
};

function isNetwork(text: string): boolean {
  const [, address = "", bits = "0"] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const family = isIP(address);
  return family !== 0 && Number(bits) <= (family === 4 ? 32 : 128);
}

const origin: Kind<string> = {
  type: "origin",
  range: "an origin such as https://kal.example.com, without a path",
  read: (text) => {
    if (!URL.canParse(text) || !/^https?:\/\/[^/?#]+\/?$/i.test(text)) return undefined;
    const url = new URL(text);
    return url.username || url.password ? undefined : url.origin;
  },
};

/**
 * Counts different characters as well: `changemechangemechangemechangeme` is long but no key. A random hexadecimal key
 * has about 14 different ones.
 */
const key: Kind<Buffer> = {
  type: "key",
  range: "at least 32 random bytes as text, for example the output of: openssl rand -base64 32",
  read: (text) => {
    const bytes = Buffer.from(text, "utf8");
    return bytes.length >= 32 && new Set(text).size >= 8 ? bytes : undefined;
  },
  secret: true,
};

/** May contain a password. */
const redisUrl: Kind<string> = {
  type: "URL",
  range: "a URL such as rediss://user:password@redis.example.com:6380/0",
  read: (text) => {
    if (!URL.canParse(text)) return undefined;
    const { protocol, hostname, pathname, search, hash } = new URL(text);
    const isRedis = protocol === "redis:" || protocol === "rediss:";
    return isRedis && hostname && /^(\/\d*)?$/.test(pathname) && !search && !hash ? text : undefined;
  },
  secret: true,
};

const seconds = (min: number, max: number): Kind<number> => integer(min, max, "seconds");

/** The table. Each entry's key is its name in the program. */
export const variables = {
  port: {
    name: "KAL_PORT",
    ...integer(0, 65_535),
    default: 3000,
    meaning: "Port to listen on; 0 takes any free one.",
  },
  bind: {
    name: "KAL_BIND",
    ...addresses,
    default: ["127.0.0.1", "::1"],
    meaning: "Addresses to listen on. Without it only this computer can reach the service.",
  },
  origin: {
    name: "KAL_ORIGIN",
    ...origin,
    default: undefined,
    meaning: "Origin by which people reach the service, if it is not localhost with its own port.",
  },
  trustedProxy: {
    name: "KAL_TRUSTED_PROXY",
    ...networks,
    default: undefined,
    meaning:
      "Reverse proxies whose X-Forwarded-For is trusted when failed connects are counted by address. List only the proxies: a client in a listed network can pretend to have any address.",
  },
  file: {
    name: "KAL_CONFIG",
    ...path,
    default: undefined,
    meaning: "JSON file with environments and permissions; everything in it is optional.",
  },
  tlsCertificate: {
    name: "KAL_TLS_CERT",
    ...path,
    default: undefined,
    meaning: "PEM file with the certificate and its chain. With KAL_TLS_KEY the service speaks https.",
  },
  tlsKey: {
    name: "KAL_TLS_KEY",
    ...path,
    default: undefined,
    meaning: "PEM file with the certificate’s private key.",
  },
  cacheKey: {
    name: "KAL_CACHE_KEY",
    ...key,
    default: undefined,
    meaning:
      "Key for everything cached. Required if KAL_BIND goes beyond this computer, otherwise random at each start.",
  },
  previousCacheKey: {
    name: "KAL_PREVIOUS_CACHE_KEY",
    ...key,
    default: undefined,
    meaning:
      "The key before, during a rotation of KAL_CACHE_KEY: answers of services that still have it are read, and none is written with it.",
  },
  officeJs: {
    name: "KAL_OFFICE_JS",
    type: "URL or path",
    range: "an https URL of office.js, or a folder that holds office.js",
    read: (text: string) => text,
    default: "https://appsforoffice.microsoft.com/lib/1/hosted/office.js",
    meaning: "Where the pages load office.js from. A folder is served at /office-js/.",
  },
  namespace: {
    name: "KAL_NAMESPACE",
    type: "name",
    range: "a letter, then letters, digits or underscores, at most 32 in all",
    read: (text: string) => (/^[A-Z]\w{0,31}$/i.test(text) ? text.toUpperCase() : undefined),
    default: "KAL",
    meaning:
      "Namespace of the functions in formulas, as in the manifest. A second one, such as KAL_TEST, lets a test add-in be installed beside the production one.",
  },
  logLevel: {
    name: "KAL_LOG_LEVEL",
    ...choice("fatal", "error", "warn", "info", "debug", "trace", "silent"),
    default: "info",
    meaning: "The least severe level that is logged.",
  },
  allowLoopback: {
    name: "KAL_ALLOW_LOOPBACK",
    ...flag,
    default: false,
    meaning: "1 allows base URLs and identity providers on this computer, also without TLS. For development.",
  },
  sessionFile: {
    name: "KAL_SESSION_FILE",
    ...path,
    default: undefined,
    meaning:
      "File that keeps one analyst’s sessions, encrypted, over a restart. Without it they are in memory only.",
  },
  redisUrl: {
    name: "KAL_REDIS_URL",
    ...redisUrl,
    default: undefined,
    meaning:
      "Redis that stores the sessions, encrypted, for several services behind one origin; rediss:// is TLS. Redis 6 or newer, one endpoint, no cluster.",
  },
  bodyLimit: {
    name: "KAL_BODY_LIMIT",
    ...integer(1024, 16_777_216, "bytes"),
    default: 1_048_576,
    meaning: "Maximum body of a request to this service.",
  },
  sessionRate: {
    name: "KAL_SESSION_RATE",
    ...integer(10, 1_000_000, "requests a minute"),
    default: 6000,
    meaning: "Maximum requests of one session. More are refused with a Retry-After.",
  },
  connectionRate: {
    name: "KAL_CONNECTION_RATE",
    ...integer(10, 10_000_000, "requests a minute"),
    default: 30_000,
    meaning: "Maximum requests of all sessions that share a credential.",
  },
  concurrency: {
    name: "KAL_CONCURRENCY",
    ...integer(1, 1000),
    default: 16,
    meaning: "Maximum requests of one credential at once; the others queue.",
  },
  answerMemory: {
    name: "KAL_ANSWER_MEMORY",
    ...integer(16, 1_048_576, "megabytes"),
    default: undefined,
    meaning:
      "Memory for unfinished answers, of all callers together. Default: two fifths of Node’s heap limit (node --max-old-space-size). One answer gets at most three eighths of it.",
  },
  maxAge: {
    name: "KAL_MAX_AGE",
    ...seconds(0, 3600),
    default: 60,
    meaning:
      "How old an answer that callers share may be; they can ask for newer ones (a refresh does). 0 shares only what is being pulled.",
  },
  failedConnects: {
    name: "KAL_FAILED_CONNECTS",
    ...integer(1, 10_000),
    default: 30,
    meaning:
      "Failed connects from one address in ten minutes. Beyond it attempts queue, one per second; credentials that have worked are exempt.",
  },
  tokenTimeout: {
    name: "KAL_TOKEN_TIMEOUT",
    ...seconds(1, 120),
    default: 15,
    meaning: "Maximum time for a token, retries included.",
  },
  apiTimeout: {
    name: "KAL_API_TIMEOUT",
    ...seconds(1, 300),
    default: 45,
    meaning: "Maximum silence of the Data API, before an answer begins and within it.",
  },
  pageTimeout: {
    name: "KAL_PAGE_TIMEOUT",
    ...seconds(1, 900),
    default: 120,
    meaning: "Maximum time for one answer of the Data API, read to its end. A slower one is not retried.",
  },
  pullTimeout: {
    name: "KAL_PULL_TIMEOUT",
    ...seconds(1, 900),
    default: 150,
    meaning: "Maximum time for a whole call: all pages, referenced collections and retries.",
  },
  stopDelay: {
    name: "KAL_STOP_DELAY",
    ...seconds(0, 300),
    default: 0,
    meaning:
      "How long a stopping service accepts requests while /health/ready fails, so that a load balancer can notice.",
  },
  metricsPort: {
    name: "KAL_METRICS_PORT",
    ...integer(0, 65_535),
    default: undefined,
    meaning: "Port of /metrics, for Prometheus. Without it there are no metrics.",
  },
  metricsBind: {
    name: "KAL_METRICS_BIND",
    ...addresses,
    default: ["127.0.0.1", "::1"],
    meaning: "Addresses to serve /metrics on.",
  },
} as const satisfies Record<string, Variable>;

type Table = typeof variables;

/** The values of the table, by their names in the program. */
export type VariableValues = {
  readonly [K in keyof Table]: NonNullable<ReturnType<Table[K]["read"]>> | OrUndefined<Table[K]["default"]>;
};

type OrUndefined<T> = T extends undefined ? undefined : never;
