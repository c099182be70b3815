/**
 * The memory of answers in progress, for the whole process: from the first document until the caller has read the last
 * byte. All large answers together stay within a budget; small ones are bounded by the number of concurrent requests.
 *
 * The size of an answer is not known in advance. So half of the budget is given out step by step as answers grow. When
 * that is used up, all answers but one wait. That one may use the other half, so that one answer can always finish.
 * @module
 */
import { KalError } from "../kalibrate/errors.ts";

export interface AnswerMemory {
  /**
   * Starts an answer.
   * @param owner the credential; it gets at most three quarters of the shared half, so that others get some, too.
   * @param signal ends the wait.
   */
  open(owner: string, signal: AbortSignal): AnswerShare;
  /** Bytes of all large answers at present. */
  readonly used: number;
}

/** The memory of one answer. */
export interface AnswerShare {
  /**
   * Sets the number of bytes that the answer uses or is about to use.
   * @throws KalError KAL_TOO_LARGE if one answer may not have this many.
   */
  hold(bytes: number): void;
  /** As `hold`, for this many more bytes. */
  add(bytes: number): void;
  /**
   * Waits until there is room for what the answer uses.
   * @throws KalError KAL_THROTTLED if that takes too long; the signal's reason as soon as it aborts.
   */
  admitted(): Promise<void>;
  /** Reports that the answer will not grow any more, and how many bytes are left of it; 0 ends it. */
  shrink(bytes: number): void;
}

/** Answers up to this size are not counted. Bytes. */
export const maxSmallAnswer = 262_144;

/** A caller who waits for room blocks others with the same credential, so the wait is limited. Milliseconds. */
const maxWait = 15_000;

/** Seconds after which a caller without room may try again: by then, callers who do not read have been cut off. */
const retryAfter = 30;

interface Holder {
  readonly owner: string;
  /** Bytes that the answer uses, and those that it was given. */
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
  /** The answer that may use the reserved half. */
  let first: Holder | undefined;

  const ofOwner = (owner: string) => ofOwners.get(owner) ?? 0;

  function give(holder: Holder, bytes: number): void {
    const total = ofOwner(holder.owner) + bytes - holder.given;
    used += bytes - holder.given;
    holder.given = bytes;
    if (total > 0) ofOwners.set(holder.owner, total);
    else ofOwners.delete(holder.owner);
  }

  /** Gives an answer room for what it uses, and the same amount again to grow, if possible. */
  function tryGive(holder: Holder): boolean {
    if (holder.held <= Math.max(holder.given, maxSmallAnswer)) return true;
    const wanted = Math.min(2 * holder.held, maxAnswer);
    const more = wanted - holder.given;
    // The reserved half is not counted.
    const isShared = used - given(first) + more <= shared;
    const isFair = ofOwner(holder.owner) - given(first, holder.owner) + more <= maxPerOwner;
    if (holder !== first && !(isShared && isFair)) {
      // Until its callers have read it, an answer may exceed its half.
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

/** @param owner counts only an answer of this owner. */
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
