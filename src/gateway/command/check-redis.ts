/**
 * The Redis that replicas share.
 * @module
 */
import { createClient } from "@redis/client";
import { advice, type CheckContext, failed, type Finding, ok } from "./finding.ts";

const subject = "Redis";

/** Milliseconds to connect. */
const timeoutMs = 5_000;

/** Keys with an end are kept apart from the service's by `SET … PXAT`, known since. */
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
  // Its reason is that of `connect`.
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
    ];
  } catch (error) {
    // The message may hold the host, never the password: the client does not put the URL into it.
    const reason = error instanceof Error ? error.message : String(error);
    return [
      failed(
        subject,
        `${host} cannot be used (${reason}): check KAL_REDIS_URL, its password and the network`,
      ),
    ];
  } finally {
    client.destroy();
  }
}

function checkVersion(info: string): Finding {
  const text = /^(?:valkey|redis)_version:(\S+)/m.exec(info)?.[1];
  if (text === undefined) return advice(subject, "does not tell its version");
  return Number.parseInt(text) < minMajor
    ? failed(subject, `version ${text}: ${minMajor} or newer is needed`)
    : ok(subject, `version ${text}`);
}

/** A server that evicts keys ends living sessions; hosted ones may refuse to tell. */
function checkEviction(answer: Readonly<Record<string, string>>): Finding {
  const policy = answer["maxmemory-policy"];
  if (policy === undefined) return advice(subject, "does not tell maxmemory-policy: it should be noeviction");
  return policy === "noeviction"
    ? ok(subject, "maxmemory-policy noeviction")
    : advice(subject, `maxmemory-policy ${policy} may end sessions: set noeviction`);
}
