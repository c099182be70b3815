/**
 * A person's agreements on this computer, each for one workbook (by its address) and one connection.
 *
 * A workbook's settings are in its file, and a file may come from anywhere: its sender could make this computer
 * request data with its connections. So anything automatic needs an agreement that is stored here, not in the file
 * (design: R20).
 * @module
 */
import { readStored, writeStored } from "../session/origin-storage.ts";
import type { Session } from "../session/session.ts";

/** Maximum number of workbooks; the oldest are dropped. */
const maxAgreed = 200;

export interface Agreement {
  /** Whether a person has agreed for this workbook with its current connection. */
  readonly isGiven: () => boolean;
  /** Stores the answer. For a workbook without an address it lasts until the workbook is closed. */
  readonly remember: (isGiven: boolean) => void;
}

/** @param name the storage key */
export function createAgreement(name: string, session: Session): Agreement {
  /** For workbooks without an address, the connections with an agreement. */
  const unsaved = new Set<string>();

  const connection = () => {
    const current = session.current();
    return current && `${current.environment} ${current.name}`;
  };
  const address = () => Office.context?.document?.url || undefined;

  function readAll(): unknown[] {
    const stored = readStored(name);
    return Array.isArray(stored) ? stored : [];
  }

  return {
    isGiven() {
      const [document, current] = [address(), connection()];
      if (current === undefined) return false;
      if (document === undefined) return unsaved.has(current);
      const own = JSON.stringify([document, current]);
      return readAll().some((agreed) => JSON.stringify(agreed) === own);
    },
    remember(isGiven) {
      const [document, current] = [address(), connection()];
      if (current === undefined) return;
      if (document === undefined) {
        if (isGiven) unsaved.add(current);
        else unsaved.delete(current);
        return;
      }
      const own = [document, current];
      const others = readAll().filter((agreed) => JSON.stringify(agreed) !== JSON.stringify(own));
      writeStored(name, isGiven ? [...others, own].slice(-maxAgreed) : others);
    },
  };
}
