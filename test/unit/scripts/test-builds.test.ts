import { describe, expect, it } from "vitest";
import { buildsForTests } from "../../../scripts/steps/test-builds.mjs";
import { makeProject } from "./project.ts";

describe("what a test run builds", () => {
  it.each([
    ["everything for all tests", [], ["addin", "service", "local", "workbench"]],
    ["nothing for the unit tests", ["--project", "unit"], []],
    ["nothing for the gateway's tests", ["--project=gateway"], []],
    ["for one file what it needs", ["test/contract/addin/query.test.ts"], ["addin"]],
    ["for a release pages and service", ["--project", "ship"], ["addin", "service"]],
    ["for a part of a name what all its files need", ["query"], ["addin"]],
    ["for several files what one of them needs", ["unit/query", "operations/store"], ["service"]],
    ["for a name in one layer what that layer needs", ["query", "--project", "gateway"], []],
    ["for the pane no workbench", ["test/browser/connect.test.ts"], ["addin"]],
    ["for the workbench both", ["workbench-files"], ["addin", "workbench"]],
    ["everything for tests of the whole build", ["built-apart"], ["addin", "service", "local", "workbench"]],
    ["everything where only tests are named", ["-t", "query"], ["addin", "service", "local", "workbench"]],
    ["everything where no file has the name", ["nothing"], ["addin", "service", "local", "workbench"]],
  ])("%s", (_, argv, builds) => {
    const root = makeProject({
      "test/unit/query.test.ts": "",
      "test/gateway/query.test.ts": "",
      "test/contract/built-apart.test.ts": "",
      "test/contract/addin/query.test.ts": "",
      "test/operations/store.test.ts": "",
      "test/ship/nginx.test.ts": "",
      "test/browser/connect.test.ts": "",
      "test/browser/workbench-files.test.ts": "",
    });
    expect(buildsForTests({ root, argv })).toEqual(builds);
  });
});
