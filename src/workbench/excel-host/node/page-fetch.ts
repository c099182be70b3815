/**
 * `fetch` for a page of one origin: relative URLs, the headers that a browser adds, no other origins.
 * @module
 */

/** The page's own classes: results must be instances of them for the page's `instanceof`. */
export interface PageRealm {
  readonly TypeError: TypeErrorConstructor;
  readonly JSON: JSON;
}

export interface PageFetchOptions {
  /** The page's URL, the base of relative URLs. */
  readonly pageUrl: URL;
  readonly userAgent: string;
  readonly fetch: typeof fetch;
  /** Aborted when the page is closed. */
  readonly signal: AbortSignal;
  readonly realm: PageRealm;
}

export function createPageFetch(options: PageFetchOptions) {
  const { pageUrl, realm } = options;
  return async function pageFetch(address: string | URL, init: RequestInit = {}): Promise<Response> {
    const url = new URL(String(address), pageUrl);
    if (url.origin !== pageUrl.origin) {
      throw new realm.TypeError(
        `Failed to fetch: this page may ask ${pageUrl.origin} only, not ${url.origin}.`,
      );
    }
    const headers = new Headers(init.headers);
    headers.set("User-Agent", options.userAgent);
    headers.set("Sec-Fetch-Site", "same-origin");
    headers.set("Referer", pageUrl.href);
    // Browsers leave Origin out of same-origin reads only (Fetch standard, “append a request Origin header”).
    if (!/^(get|head)$/i.test(init.method ?? "get")) headers.set("Origin", pageUrl.origin);
    const signal = init.signal ? AbortSignal.any([init.signal, options.signal]) : options.signal;
    try {
      const response = await options.fetch(url, { ...init, headers, signal });
      response.json = async () => realm.JSON.parse(await response.text()) as unknown;
      return response;
    } catch (error) {
      if (error instanceof TypeError) throw new realm.TypeError("Failed to fetch", { cause: error });
      throw error;
    }
  };
}
