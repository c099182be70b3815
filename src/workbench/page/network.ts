/**
 * The network of the add-in's page, which the person can switch off.
 * @module
 */

export interface Network {
  readonly isOffline: () => boolean;
  readonly setOffline: (offline: boolean) => void;
  /** Puts a page's network access behind the switch, before its scripts run. */
  readonly join: (page: Window & typeof globalThis) => void;
}

/** @param changed called when the network is switched */
export function createNetwork(changed: (offline: boolean) => void): Network {
  let offline = false;
  let lose = new AbortController();
  let joined: (Window & typeof globalThis) | undefined;

  return {
    isOffline: () => offline,
    setOffline(next) {
      if (next === offline) return;
      offline = next;
      if (offline) lose.abort();
      else lose = new AbortController();
      joined?.dispatchEvent(new joined.Event(offline ? "offline" : "online"));
      changed(offline);
    },
    join(page) {
      joined = page;
      const send = page.fetch.bind(page);
      // Browsers use this message for any cause.
      const failure = () => new page.TypeError("Failed to fetch");
      page.fetch = (input, init) =>
        new page.Promise((resolve, reject) => {
          if (offline) return reject(failure());
          const lost = () => reject(failure());
          lose.signal.addEventListener("abort", lost, { once: true });
          const { signal } = lose;
          send(input, init)
            .then(resolve, reject)
            .finally(() => signal.removeEventListener("abort", lost));
        });
      Object.defineProperty(page.navigator, "onLine", { configurable: true, get: () => !offline });
    },
  };
}
