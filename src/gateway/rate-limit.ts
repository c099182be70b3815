/**
 * A token bucket for each key: so many at once, and as many again in the course of the period.
 * @module
 */
import { LRUCache } from "lru-cache";
import type { SteadyClock } from "../kalibrate/steady-clock.ts";

export interface RateLimit {
  /**
   * Takes one out of a key's bucket.
   * @returns 0 when there was one, else the whole seconds until there will be.
   */
  take(key: string): number;
  /** Takes one that may not be there: it is missing later. */
  borrow(key: string): void;
  /** Puts back one that was taken and turned out not to count. */
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
  /** Milliseconds by the steady clock. */
  countedAt: number;
}

/** What has run in is summed up from fractions, so a whole one may be this much less than 1. */
const rounding = 1e-6;

/** Keys that are remembered; one that is not has a full bucket. */
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
