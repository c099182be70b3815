/**
 * A rate limit shared by people: a person who has used less than a fair part of it in the last period is admitted even
 * if others have used all of it; those others wait longer.
 * @module
 */
import { LRUCache } from "lru-cache";
import { createRateLimit, type RateLimitOptions } from "./rate-limit.ts";

export interface FairRateLimit {
  /**
   * Takes one request from an owner's bucket.
   * @param person undefined if no part is reserved for single people.
   * @returns 0 if the request may proceed, otherwise the whole seconds until it may.
   */
  take(owner: string, person: string | undefined): number;
}

interface Use {
  /** Requests of the last period; older ones are forgotten gradually. */
  count: number;
  /** Milliseconds on the steady clock. */
  countedAt: number;
}

const maxOwners = 1000;
const maxPeople = 10_000;

export function createFairRateLimit({ limit, period, now }: RateLimitOptions): FairRateLimit {
  const bucket = createRateLimit({ limit, period, now });
  const people = new LRUCache<string, Map<string, Use>>({ max: maxOwners });

  /** Removes people who have not used anything lately. */
  function recent(owner: string): Map<string, Use> {
    const uses = people.get(owner) ?? new Map<string, Use>();
    people.set(owner, uses);
    if (uses.size >= maxPeople) for (const [person, use] of uses) if (fade(use) < 1) uses.delete(person);
    return uses;
  }

  function fade(use: Use): number {
    const passed = now() - use.countedAt;
    use.count = Math.max(use.count - (passed * limit) / (period * 1000), 0);
    use.countedAt = now();
    return use.count;
  }

  return {
    take(owner, person) {
      const wait = bucket.take(owner);
      if (person === undefined) return wait;
      const uses = recent(owner);
      const use = uses.get(person) ?? { count: 0, countedAt: now() };
      if (wait > 0) {
        const active = [...uses.values()].filter((other) => other !== use && fade(other) >= 1).length + 1;
        if (fade(use) >= limit / active) return wait;
        bucket.borrow(owner);
      }
      fade(use);
      use.count += 1;
      uses.set(person, use);
      return 0;
    },
  };
}
