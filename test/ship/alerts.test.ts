/**
 * The alert rules, by Prometheus's own tool: each fires at its series, and is quiet at the others.
 */
import { spawnSync } from "node:child_process";
import { copyFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { withFolder } from "../gateway/support/gateway.ts";
import { type Alert, alerts } from "../support/alerts.ts";

const missing = spawnSync("promtool", ["--version"]).error ? "no promtool on this computer" : undefined;

const rules = "kal.rules.yaml";

/** promtool compares an alert's labels and annotations too; the name with a count is enough here. */
function promtoolTest({ name, minutes }: Alert, series: Alert["fires"], count: 0 | 1) {
  return {
    name: `${name} ${count === 1 ? "fires" : "is quiet"}`,
    interval: "1m",
    input_series: Object.entries(series).map(([metric, values]) => ({ series: metric, values })),
    promql_expr_test: [
      {
        expr: `count(count by (alertname) (ALERTS{alertname="${name}",alertstate="firing"})) or vector(0)`,
        eval_time: `${minutes + 16}m`,
        exp_samples: [{ labels: "{}", value: count }],
      },
    ],
  };
}

function promtool(folder: string, tests: object[]) {
  copyFileSync(path.join("deploy/prometheus", rules), path.join(folder, rules));
  const file = path.join(folder, "test.yaml");
  writeFileSync(file, stringify({ rule_files: [rules], evaluation_interval: "1m", tests }));
  const { status, stdout, stderr } = spawnSync("promtool", ["test", "rules", file], { encoding: "utf8" });
  return { status, output: stdout + stderr };
}

describe.skipIf(missing)(["alerts", missing].filter(Boolean).join(": "), () => {
  it("are rules without a mistake", () => {
    const { status, stdout } = spawnSync("promtool", ["check", "rules", `deploy/prometheus/${rules}`], {
      encoding: "utf8",
    });
    expect(status, stdout).toBe(0);
    expect(stdout).toContain(`${alerts.length} rules found`);
  });

  it("fire where they should, and nowhere else", () =>
    withFolder(async (folder) => {
      const tests = alerts.flatMap((alert) => [
        promtoolTest(alert, alert.fires, 1),
        promtoolTest(alert, alert.quiet, 0),
      ]);
      const { status, output } = promtool(folder, tests);
      expect(status, output).toBe(0);
    }));

  it("are tested by something that can fail", () =>
    withFolder(async (folder) => {
      const [first] = alerts as [Alert];
      expect(promtool(folder, [promtoolTest(first, first.quiet, 1)]).status).toBe(1);
    }));
});
