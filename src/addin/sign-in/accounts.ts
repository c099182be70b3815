/**
 * Access tokens of the analyst: through Excel where it signs people in itself, else by the library alone.
 * @module
 */
import { isBridgeBroken } from "./failures.ts";
import { authorityOf, type Library, openNested, openStandard, type Provider } from "./library.ts";
import { TimeLimitError, type Within } from "./within.ts";

export interface Accounts {
  /** A token without asking the person. Rejects with the library's error, or TimeLimitError. */
  readonly getSilently: () => Promise<string>;
  /**
   * A token for which Excel may ask the person; after a click only.
   * @returns undefined where Excel cannot, so that a dialog must be opened
   */
  readonly ask: () => Promise<string | undefined>;
}

/** Milliseconds. The library has no limit for what Excel is asked. */
const maxSilentMs = 20_000;
const maxAskMs = 600_000;

export function createAccounts(provider: Provider, within: Within): Accounts {
  const { tenant, scope } = provider;
  const request = { scopes: [scope], authority: authorityOf(tenant) };
  let nested: Promise<Library | undefined> | undefined;
  let standard: Promise<Library> | undefined;

  /** From now on as if Excel had never offered it. */
  function giveUpNested(): void {
    nested = Promise.resolve(undefined);
  }

  async function byStandard(): Promise<string> {
    const library = await (standard ??= openStandard(provider));
    return (await within(library.ssoSilent(request), maxSilentMs)).accessToken;
  }

  return {
    async getSilently() {
      const library = await (nested ??= openNested(provider, within));
      if (!library) return byStandard();
      try {
        return (await within(library.ssoSilent(request), maxSilentMs)).accessToken;
      } catch (error) {
        if (!isBridgeBroken(error)) throw error;
        giveUpNested();
        // It may be Excel or the provider that does not answer: a click finds out.
        if (error instanceof TimeLimitError) throw error;
        return byStandard();
      }
    },

    async ask() {
      const library = await (nested ??= openNested(provider, within));
      if (!library) return undefined;
      try {
        return (await within(library.acquireTokenPopup(request), maxAskMs)).accessToken;
      } catch (error) {
        if (!isBridgeBroken(error)) throw error;
        giveUpNested();
        return undefined;
      }
    },
  };
}
