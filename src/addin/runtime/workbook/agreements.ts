/**
 * What a person has agreed to on this computer, for a workbook by its address and a connection.
 *
 * A workbook's settings are in its file, and a file comes from anywhere: its sender could make this computer ask for
 * data with the connections that it holds. So what happens by itself needs an agreement here (design: R20).
 * @module
 */
import { readStored, writeStored } from "../session/origin-storage.ts";
import type { Session } from "../session/session.ts";

/** Workbooks that are remembered, the latest ones. */
const maxAgreed = 200;

export interface Agreement {
  /** Whether a person has agreed, for this workbook and its connection as they are now. */
  readonly isGiven: () => boolean;
  /** For a workbook that has no address yet it holds until the workbook is closed. */
  readonly remember: (isGiven: boolean) => void;
}

/** @param name under which it is stored */
export function createAgreement(name: string, session: Session): Agreement {
  /** For workbooks without an address, by connection. */
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
