/**
 * Faults that tests switch on at run time: they replace an answer or corrupt it.
 * @module
 */
import type { Fault, FaultKind } from "./fault.ts";
import type { Endpoint } from "./request-log.ts";

export interface Faults {
  /** Switches faults on, in addition to the active ones. If two apply to a request, the one added first wins. */
  add(...faults: Fault[]): void;
  /** Switches all faults off. */
  clear(): void;
}

export interface FaultBoard extends Faults {
  /** The active fault of this kind that applies to the request; counts as one of its `times`. */
  take<K extends FaultKind>(
    kind: K,
    endpoint: Endpoint,
    path: string,
  ): Extract<Fault, { kind: K }> | undefined;
  /** How many requests a fault has applied to. */
  met(fault: Fault): number;
}

export function createFaults(initial: readonly Fault[] = []): FaultBoard {
  let rows: { readonly fault: Fault; left: number }[] = [];
  const counts = new WeakMap<Fault, number>();
  const add = (...faults: Fault[]): void => {
    rows.push(...faults.map((fault) => ({ fault, left: fault.times ?? Infinity })));
  };
  add(...initial);
  return {
    add,
    clear: () => {
      rows = [];
    },
    take<K extends FaultKind>(kind: K, endpoint: Endpoint, path: string) {
      const row = rows.find(({ fault }) => fault.kind === kind && meets(fault, endpoint, path));
      if (!row) return undefined;
      row.left -= 1;
      counts.set(row.fault, (counts.get(row.fault) ?? 0) + 1);
      if (row.left <= 0) rows = rows.filter((other) => other !== row);
      return row.fault as Extract<Fault, { kind: K }>;
    },
    met: (fault) => counts.get(fault) ?? 0,
  };
}

function meets(fault: Fault, endpoint: Endpoint, path: string): boolean {
  return (
    (fault.endpoint ?? "data") === endpoint && path.toLowerCase().startsWith((fault.path ?? "").toLowerCase())
  );
}
