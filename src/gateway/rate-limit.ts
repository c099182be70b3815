/**
 * A token bucket per key: a limit at once, which refills over the period.
 * @module
 */
import { LRUCache } from "lru-cache";
import type { SteadyClock } from "../kalibrate/steady-clock.ts";

export interface RateLimit {
  /**
   * Takes one from a key's bucket.
   * @returns 0 if there was one, otherwise the whole seconds until there will be.
   */
  take(key: string): number;
  /** Takes one even if there is none; it is then missing later. */
  borrow(key: string): void;
  /** Returns one that turned out not to count. */
  giveBack(key: string): void;
}

export interface RateLimitOptions {
  /** Size of a bucket. */
  readonly limit: number;
  /** Seconds in which an empty bucket is full again. */
  readonly period: number;
  /** The steady clock. */
  readonly now: SteadyClock;
}

interface Bucket {
  /** May be a fraction. */
  left: number;
  /** Milliseconds on the steady clock. */
  countedAt: number;
}

/** The refill is a sum of fractions, so a whole one may be this much less than 1. */
const rounding = 1e-6;

/** Maximum number of keys; a key that is not stored has a full bucket. */
const maxKeys = 10_000;

export function createRateLimit({ limit, period, now }: RateLimitOptions): RateLimit {
  const buckets = new LRUCache<string, Bucket>({ max: maxKeys });
  const perMillisecond = limit / (period * 1000);

  function bucketOf(key: string): Bucket {
    const bucket = buckets.get(key) ?? { left: limit, countedAt: now() };
    buckets.set(key, bucket);
    const passed = now() - bucket.countedAt;
    bucket.left = Math.min(bucket.left + passed * perMillisecond, limit);
    bucket.countedAt = now();
    return bucket;
  }

  return {
    take(key) {
      const bucket = bucketOf(key);
      if (bucket.left < 1 - rounding) return Math.ceil((1 - bucket.left) / perMillisecond / 1000);
      bucket.left -= 1;
      return 0;
    },
    borrow(key) {
      bucketOf(key).left -= 1;
    },
    giveBack(key) {
      const bucket = bucketOf(key);
      bucket.left = Math.min(bucket.left + 1, limit);
    },
  };
}
