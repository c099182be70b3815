/**
 * The alerts name only metrics, labels and codes that there are. Whether they fire is Prometheus's to say: test/ship.
 */
import { describe, expect, it } from "vitest";
import { createMetrics } from "../../src/gateway/observe/metrics.ts";
import { errorCatalogue } from "../../src/kalibrate/errors.ts";
import { alerts } from "../support/alerts.ts";

/** Every metric with a value, so that its labels show. */
async function metricsText(): Promise<string> {
  const metrics = createMetrics("0.0.0");
  metrics.request("GET", "/", 200, undefined, 1);
  metrics.upstream("own", "ok", 1);
  metrics.breaker("own", "open", "closed");
  metrics.tokenRequest("own", "ok", 1);
  metrics.sharedAnswer("query", "pull");
  metrics.signIn("sign-in", "ok");
  metrics.connectionUse("own", "ok");
  metrics.roleRefused("own");
  metrics.secretServes("own", "secret");
  return metrics.text();
}

describe.each(alerts.map((alert) => [alert.name, alert] as const))("%s", (_, { expr, fires, quiet }) => {
  const selectors = [expr, ...Object.keys(fires), ...Object.keys(quiet)].flatMap((text) => [
    ...text.matchAll(/\b((?:kal|nodejs|process)_\w+)(?:\{([^}]*)\})?/g),
  ]);

  it("reads metrics and labels that there are", async () => {
    const text = await metricsText();
    for (const [, metric, labels = ""] of selectors) {
      const lines = text.split("\n").filter((line) => new RegExp(`^${metric}[{ ]`).test(line));
      expect(lines.length, metric).toBeGreaterThan(0);
      const named = [...labels.matchAll(/(\w+)\s*(?:=~|!=|=)/g)].map(([, label]) => label);
      // Prometheus adds these two itself.
      for (const label of named.filter((each) => each !== "job" && each !== "instance")) {
        expect(lines.join("\n"), metric).toContain(`${label}="`);
      }
    }
  });

  it("names codes of the catalogue only", () => {
    const codes = expr.match(/\bKAL_[A-Z_]+/g) ?? [];
    expect(codes.filter((code) => !(code in errorCatalogue))).toEqual([]);
  });
});
