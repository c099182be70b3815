/**
 * Checks the Redis that replicas share.
 * @module
 */
import { createClient } from "@redis/client";
import { advice, type CheckContext, failed, type Finding, ok } from "./finding.ts";

const subject = "Redis";

/** Milliseconds to connect. */
const timeoutMs = 5_000;

/** The service sets expiry times with `SET … PXAT`, which needs Redis 6.2. */
const minMajor = 6;

export async function checkRedis({ configuration }: CheckContext): Promise<Finding[]> {
  const { redisUrl } = configuration;
  if (redisUrl === undefined) {
    return [
      ok(subject, "not used: one replica, whose sessions end with it unless KAL_SESSION_FILE keeps them"),
    ];
  }
  const { host, protocol } = new URL(redisUrl);
  const client = createClient({
    url: redisUrl,
    socket: { connectTimeout: timeoutMs, reconnectStrategy: false },
    disableOfflineQueue: true,
  });
  // `connect` rejects with the same reason.
  client.on("error", () => undefined);
  try {
    await client.connect();
    return [
      ok(subject, `${host} answers`),
      protocol === "rediss:"
        ? ok(subject, "encrypted")
        : advice(subject, "not encrypted: use rediss:// across a network"),
      checkVersion(await client.info("server")),
      checkEviction(await client.configGet("maxmemory-policy").catch(() => ({}))),
      ...checkRotation(configuration),
    ];
  } catch (error) {
    // The message may contain the host but never the password: the client does not put the URL into it.
    const reason = error instanceof Error ? error.message : String(error);
    const [, remedy] = remedies.find(([pattern]) => pattern.test(reason)) ?? [];
    return [failed(subject, `${host} cannot be used (${reason}): ${remedy ?? "check KAL_REDIS_URL"}`)];
  } finally {
    client.destroy();
  }
}

/** By what Node or Redis says. */
const remedies: readonly (readonly [reason: RegExp, remedy: string])[] = [
  [/WRONGPASS|NOAUTH/, "correct the user name and password in KAL_REDIS_URL"],
  [/NOPERM/, "give this user the commands and keys that the administrator's guide names"],
  [/DB index/, "correct the database number in KAL_REDIS_URL"],
  [/certificate/i, "put the CA of Redis into a file, and its path into NODE_EXTRA_CA_CERTS"],
  [
    /ECONNRESET|wrong version|socket closed/i,
    "KAL_REDIS_URL must begin with rediss:// if Redis uses TLS, and with redis:// otherwise",
  ],
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|timeout|UNREACH/i,
    "check host and port in KAL_REDIS_URL, and the firewall",
  ],
];

function checkVersion(info: string): Finding {
  const text = /^(?:valkey|redis)_version:(\S+)/m.exec(info)?.[1];
  if (text === undefined) return advice(subject, "does not report its version");
  return Number.parseInt(text) < minMajor
    ? failed(subject, `version ${text}: ${minMajor} or newer is needed`)
    : ok(subject, `version ${text}`);
}

function checkRotation({ previousCacheKey }: CheckContext["configuration"]): Finding[] {
  const text = "KAL_PREVIOUS_CACHE_KEY is set: empty it once all services have the new KAL_CACHE_KEY";
  return previousCacheKey ? [advice("cache key", text)] : [];
}

/** A Redis that evicts keys ends sessions early. Hosted servers may not tell their policy. */
function checkEviction(answer: Readonly<Record<string, string>>): Finding {
  const policy = answer["maxmemory-policy"];
  if (policy === undefined)
    return advice(subject, "does not report maxmemory-policy: it should be noeviction");
  return policy === "noeviction"
    ? ok(subject, "maxmemory-policy noeviction")
    : advice(subject, `maxmemory-policy ${policy} may end sessions: set noeviction`);
}
