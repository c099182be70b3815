/**
 * The lookup entries of one slice, by field and key values.
 * @module
 */
import type { LookupEntry, LookupKey } from "./lookup-call.ts";

export interface LookupEntries {
  /** Equal keys get the same entry. */
  readonly of: (lookupKey: LookupKey) => LookupEntry;
  /** Drops the entries that no cell waits for, once there are too many. */
  readonly makeRoom: () => void;
}

/** Cached entries, besides those of calls in flight. */
const maxEntries = 100_000;

/** Nested maps: field, then one level for each key. Joining all of them into one text takes several times as long. */
type Branch = Map<unknown, Branch | LookupEntry>;

export function createLookupEntries(): LookupEntries {
  let root: Branch = new Map();
  let size = 0;
  let room = maxEntries;

  /** The map that holds the entry under its last key value. */
  function branchOf({ field, values }: LookupKey): Branch {
    let branch = root;
    let key: unknown = field;
    for (const value of values) {
      branch = branchAt(branch, key);
      key = value;
    }
    return branch;
  }

  function add(branch: Branch, entry: LookupEntry): LookupEntry {
    branch.set(entry.values.at(-1), entry);
    size += 1;
    return entry;
  }

  return {
    of(lookupKey) {
      const branch = branchOf(lookupKey);
      const { field, values } = lookupKey;
      const before = branch.get(values.at(-1)) as LookupEntry | undefined;
      return before ?? add(branch, { field, values, answer: undefined, batch: undefined });
    },
    makeRoom() {
      if (size < room) return;
      const underWay = [...leaves(root)].filter(({ batch }) => batch);
      root = new Map();
      size = 0;
      for (const entry of underWay) add(branchOf(entry), entry);
      // If nearly all entries are in flight, the next cell should not search them again.
      room = size + maxEntries;
    },
  };
}

function branchAt(branch: Branch, key: unknown): Branch {
  const before = branch.get(key) as Branch | undefined;
  if (before) return before;
  const fresh: Branch = new Map();
  branch.set(key, fresh);
  return fresh;
}

function* leaves(branch: Branch): Generator<LookupEntry> {
  for (const child of branch.values()) {
    if (child instanceof Map) yield* leaves(child);
    else yield child;
  }
}
