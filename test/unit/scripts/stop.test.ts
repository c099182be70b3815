import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import {
  answersAsService,
  readRunning,
  removeRunning,
  writeRunning,
} from "../../../scripts/steps/running.mjs";
import { stop } from "../../../scripts/steps/stop.mjs";
import { addFile, makeProject, packageFiles } from "./project.ts";

const service = { pid: 4711, mode: "browser", url: "http://localhost:3000" } as const;

/** A computer on which the service's process ends, a few checks after it was told to. */
function computer(platform: NodeJS.Platform = "linux") {
  const root = makeProject(packageFiles("office-addin-debugging", ""));
  const ended: number[] = [];
  const said: string[] = [];
  const commands: string[][] = [];
  let looksUntilGone = 3;
  const context = {
    root,
    platform,
    say: (message: string) => void said.push(message),
    end: (pid: number) => void ended.push(pid),
    alive: () => ended.length === 0 || looksUntilGone-- > 0,
    answers: (url: string) => Promise.resolve(url === service.url),
    pause: () => Promise.resolve(),
    run: (command: { arguments: string[] }) => {
      commands.push(command.arguments.slice(1));
      return Promise.resolve({ code: 0, output: "" });
    },
  };
  return { root, context, ended, said, commands };
}

describe("npm stop", () => {
  it("says so when nothing runs", async () => {
    const { context, ended, said } = computer();
    await stop(context);
    expect(said).toEqual(["No KAL service is running."]);
    expect(ended).toEqual([]);
  });

  it("ends the service, waits until it has gone, and removes the record", async () => {
    const { root, context, ended, said } = computer();
    writeRunning(root, service);
    await stop(context);
    expect(ended).toEqual([4711]);
    expect(said).toEqual(["KAL at http://localhost:3000 has ended."]);
    expect(readRunning(root)).toBeUndefined();
  });

  it("forgets a record whose process has gone", async () => {
    const { root, context, ended, said } = computer();
    writeRunning(root, service);
    await stop({ ...context, alive: () => false });
    expect(said).toEqual(["No KAL service is running."]);
    expect(ended).toEqual([]);
    expect(readRunning(root)).toBeUndefined();
  });

  it("never ends a process that does not answer as KAL", async () => {
    const { root, context, ended } = computer();
    writeRunning(root, service);
    await expect(stop({ ...context, answers: () => Promise.resolve(false) })).rejects.toMatchObject({
      exitCode: 1,
      message: expect.stringContaining("Process 4711 does not answer as KAL") as string,
    });
    expect(ended).toEqual([]);
  });

  it("says so when the process does not end", async () => {
    const { root, context } = computer();
    writeRunning(root, service);
    await expect(stop({ ...context, alive: () => true })).rejects.toMatchObject({
      exitCode: 1,
      message: expect.stringContaining("is still running") as string,
    });
  });

  it.each([
    ["win32", true],
    ["darwin", true],
    ["linux", false],
  ] as const)(
    "takes the add-in out of Excel on %s: %s, even when nothing runs",
    async (platform, expected) => {
      const { root, context, commands } = computer(platform);
      await stop(context);
      expect(commands).toEqual(expected ? [["stop", path.join(root, "manifest.xml"), "desktop"]] : []);
    },
  );
});

describe("the record of the running service", () => {
  it.each([
    "{",
    "null",
    '{"pid":-1,"url":"http://localhost:1"}',
    '{"pid":"1","url":"http://localhost:1"}',
    '{"pid":1}',
  ])("does not trust %s", (text) => {
    const root = makeProject({});
    addFile(root, ".kal/running.json", text);
    expect(readRunning(root)).toBeUndefined();
  });

  it("is not removed by another service", () => {
    const root = makeProject({});
    writeRunning(root, service);
    removeRunning(root, 1);
    expect(readRunning(root)).toEqual(service);
  });
});

describe("answersAsService", () => {
  it.each([
    ["a live service", 200, true],
    ["another program", 404, false],
  ])("asks %s", async (_, status, expected) => {
    const asked: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url);
      response.writeHead(status).end();
    });
    await new Promise<void>((resolve) => void server.listen(0, "localhost", resolve));
    onTestFinished(() => void server.close());
    const url = `http://localhost:${(server.address() as AddressInfo).port}`;
    expect(await answersAsService(url)).toBe(expected);
    expect(asked).toEqual(["/health/live"]);
    server.close();
    server.closeAllConnections();
  });

  it("is false if nothing answers", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => void server.listen(0, "localhost", resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    expect(await answersAsService(`http://localhost:${port}`)).toBe(false);
  });
});
