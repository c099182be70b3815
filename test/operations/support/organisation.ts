/**
 * An organisation's service: replicas that share a Redis, with a vendor whose answers the test chooses.
 * @module
 */
import { randomBytes } from "node:crypto";
import { describeOwnEnvironment } from "../../gateway/support/own-environment.ts";
import { startVendor, type Vendor } from "../../gateway/support/vendor.ts";
import { type Replica, startReplica } from "./replica.ts";
import { type Redis, type RedisOptions, startRedis } from "./redis.ts";

export interface Organisation {
  readonly redis: Redis;
  readonly vendor: Vendor;
  /** The environment variables of its replicas. */
  readonly variables: Readonly<Record<string, string>>;
  /** Starts another replica. */
  readonly start: (variables?: Readonly<Record<string, string>>) => Promise<Replica>;
  /** Stops everything. */
  readonly close: () => Promise<void>;
}

/** Starts Redis and the vendor, but no replica yet. */
export async function startOrganisation(options: RedisOptions = {}): Promise<Organisation> {
  const redis = await startRedis(options);
  const vendor = await startVendor();
  const variables = {
    ...describeOwnEnvironment(redis.folder, { authority: vendor.origin, api: vendor.origin }),
    KAL_CACHE_KEY: randomBytes(32).toString("base64"),
    KAL_REDIS_URL: redis.url,
  };
  const replicas: Replica[] = [];
  return {
    redis,
    vendor,
    variables,
    start: async (more) => {
      const replica = await startReplica({ ...variables, ...more });
      replicas.push(replica);
      return replica;
    },
    close: async () => {
      await Promise.all(replicas.map((replica) => replica.kill("SIGKILL")));
      await redis.close();
      await vendor.close();
    },
  };
}

/** Runs an organisation while `use` runs, and stops it in any case. */
export async function withOrganisation(
  use: (organisation: Organisation) => Promise<void>,
  options: RedisOptions = {},
): Promise<void> {
  const organisation = await startOrganisation(options);
  try {
    await use(organisation);
  } finally {
    await organisation.close();
  }
}
