/**
 * The memory of answers under way, for the whole process: from the first document until the caller has read the last
 * byte. All large answers together stay within a budget; small ones are bounded by the number of requests at once.
 *
 * The size of an answer is not known in advance. So half of the budget is given out step by step as answers grow. When it
 * is used up, all answers but one wait; that one may use the other half, so that one answer can always be finished.
 * @module
 */
import { KalError } from "../kalibrate/errors.ts";

export interface AnswerMemory {
  /**
   * Begins an answer.
   * @param owner the credential; one gets at most three quarters of what is given out, so that others get some too.
   * @param signal ends the waiting.
   */
  open(owner: string, signal: AbortSignal): AnswerShare;
  /** Bytes that large answers hold at present. */
  readonly used: number;
}

/** What one answer holds. */
export interface AnswerShare {
  /**
   * Says how many bytes the answer holds by now, or is about to.
   * @throws KalError KAL_TOO_LARGE where that is more than one answer may have.
   */
  hold(bytes: number): void;
  /** As `hold`, for so many bytes more. */
  add(bytes: number): void;
  /**
   * Waits until there is room for what is held.
   * @throws KalError KAL_THROTTLED where that takes too long; the signal's reason as soon as it aborts.
   */
  admitted(): Promise<void>;
  /** Says that the answer will not grow any more, and how many bytes are left of it; 0 ends it. */
  shrink(bytes: number): void;
}

/** Answers up to this size are not counted. Bytes. */
export const maxSmallAnswer = 262_144;

/** A caller who waits for room holds up others of the same credential, so there is an end. Milliseconds. */
const maxWait = 15_000;

/** Seconds after which a caller who got no room may try again: by then, callers who do not read have been cut off. */
const retryAfter = 30;

interface Holder {
  readonly owner: string;
  /** Bytes that the answer has, and those that it was given. */
  held: number;
  given: number;
  /** Called when there is room. */
  resume: () => void;
}

/** @param budget bytes. */
export function createAnswerMemory(budget: number): AnswerMemory {
  const shared = Math.floor(budget / 2);
  const maxAnswer = budget - shared;
  const maxPerOwner = Math.floor((shared * 3) / 4);
  const ofOwners = new Map<string, number>();
  const waiting = new Set<Holder>();
  let used = 0;
  /** The answer that may use the other half. */
  let first: Holder | undefined;

  const ofOwner = (owner: string) => ofOwners.get(owner) ?? 0;

  function give(holder: Holder, bytes: number): void {
    const total = ofOwner(holder.owner) + bytes - holder.given;
    used += bytes - holder.given;
    holder.given = bytes;
    if (total > 0) ofOwners.set(holder.owner, total);
    else ofOwners.delete(holder.owner);
  }

  /** Gives a holder room for what it holds, and as much again to grow, if that can be. */
  function tryGive(holder: Holder): boolean {
    if (holder.held <= Math.max(holder.given, maxSmallAnswer)) return true;
    const wanted = Math.min(2 * holder.held, maxAnswer);
    const more = wanted - holder.given;
    // What the first one has is not taken from what is shared.
    const isShared = used - given(first) + more <= shared;
    const isFair = ofOwner(holder.owner) - given(first, holder.owner) + more <= maxPerOwner;
    if (holder !== first && !(isShared && isFair)) {
      // Until callers have read what was made, it may take more than its half.
      if (first !== undefined || used - holder.given > shared) return false;
      first = holder;
    }
    give(holder, wanted);
    return true;
  }

  function shrink(holder: Holder, bytes: number): void {
    holder.held = bytes;
    give(holder, Math.min(holder.given, bytes > maxSmallAnswer ? bytes : 0));
    if (first === holder) first = undefined;
    for (const holder of waiting) if (tryGive(holder)) holder.resume();
  }

  function waitForRoom(holder: Holder, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const end = (settle: () => void) => {
        clearTimeout(timer);
        signal.removeEventListener("abort", abort);
        waiting.delete(holder);
        settle();
      };
      const abort = () => end(() => reject(signal.reason as Error));
      const timer = setTimeout(() => end(() => reject(noRoom())), maxWait);
      holder.resume = () => end(resolve);
      signal.addEventListener("abort", abort);
      waiting.add(holder);
    });
  }

  return {
    get used() {
      return used;
    },
    open(owner, signal) {
      const holder: Holder = { owner, held: 0, given: 0, resume: () => undefined };
      const hold = (bytes: number) => {
        if (bytes > maxAnswer) throw tooLarge();
        holder.held = Math.max(holder.held, bytes);
      };
      return {
        hold,
        add: (bytes) => hold(holder.held + bytes),
        async admitted() {
          signal.throwIfAborted();
          if (!tryGive(holder)) await waitForRoom(holder, signal);
        },
        shrink: (bytes) => shrink(holder, bytes),
      };
    },
  };
}

/** @param owner only where it is this one's. */
function given(holder: Holder | undefined, owner = holder?.owner): number {
  return holder !== undefined && holder.owner === owner ? holder.given : 0;
}

function tooLarge(): KalError {
  return new KalError("KAL_TOO_LARGE", { message: "The result is too large for the KAL service’s memory." });
}

function noRoom(): KalError {
  return new KalError("KAL_THROTTLED", {
    message: "The KAL service is busy with too many large results.",
    hint: "Wait a moment and recalculate. Fewer fields or another filter make the result smaller.",
    retryAfter,
  });
}
