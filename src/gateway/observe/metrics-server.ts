/**
 * `/metrics`, on a separate port: the scraper need not reach the service, and callers of the service cannot read the
 * metrics.
 * @module
 */
import type { RequestListener } from "node:http";
import { listen, type Listening } from "../listen.ts";
import type { Log } from "./log.ts";
import type { Metrics } from "./metrics.ts";

export interface MetricsServerOptions {
  readonly addresses: readonly string[];
  readonly port: number;
  readonly metrics: Metrics;
  readonly log: Log;
}

/** @throws Error naming the setting to change if it cannot listen. */
export function startMetricsServer(options: MetricsServerOptions): Promise<Listening> {
  const { addresses, port, metrics, log } = options;
  const answer: RequestListener = (request, response) => {
    if (request.method !== "GET" || request.url !== "/metrics") {
      response.writeHead(404).end();
      return;
    }
    metrics.text().then(
      (text) => response.writeHead(200, { "content-type": metrics.contentType }).end(text),
      (error: unknown) => {
        log.error({ error }, "no metrics");
        response.writeHead(500).end();
      },
    );
  };
  return listen(answer, {
    addresses,
    port,
    tls: undefined,
    settings: { addresses: "KAL_METRICS_BIND", port: "KAL_METRICS_PORT" },
    onError: (error) => log.error({ error }, "trouble with listening for metrics"),
  });
}
