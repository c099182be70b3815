/**
 * What cells look for in one slice, by field and key values.
 * @module
 */
import type { Sought, Wanted } from "./lookup-call.ts";

export interface SoughtValues {
  /** Equal wanted values are one sought value. */
  readonly of: (wanted: Wanted) => Sought;
  /** Forgets those that nobody waits for, once there are too many. */
  readonly makeRoom: () => void;
}

/** So many are remembered beside those that are under way. */
const most = 100_000;

/** A map for the field, and within it one for each key: a text of all of them takes several times as long to make. */
type Branch = Map<unknown, Branch | Sought>;

export function createSoughtValues(): SoughtValues {
  let root: Branch = new Map();
  let size = 0;
  let room = most;

  /** Where a wanted value has its place: under its last key value. */
  function branchOf({ field, values }: Wanted): Branch {
    let branch = root;
    let key: unknown = field;
    for (const value of values) {
      branch = branchAt(branch, key);
      key = value;
    }
    return branch;
  }

  function add(branch: Branch, sought: Sought): Sought {
    branch.set(sought.values.at(-1), sought);
    size += 1;
    return sought;
  }

  return {
    of(wanted) {
      const branch = branchOf(wanted);
      const { field, values } = wanted;
      const before = branch.get(values.at(-1)) as Sought | undefined;
      return before ?? add(branch, { field, values, found: undefined, batch: undefined });
    },
    makeRoom() {
      if (size < room) return;
      const underWay = [...leaves(root)].filter(({ batch }) => batch);
      root = new Map();
      size = 0;
      for (const sought of underWay) add(branchOf(sought), sought);
      // Where nearly all are under way they must not be gone through again with the next cell.
      room = size + most;
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

function* leaves(branch: Branch): Generator<Sought> {
  for (const one of branch.values()) {
    if (one instanceof Map) yield* leaves(one);
    else yield one;
  }
}
