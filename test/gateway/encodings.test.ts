/** Answers that are compressed although the client did not accept it. */
import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { QueryAnswer } from "../../src/kalibrate/gateway-api.ts";
import type { Coding } from "../../src/simulator/fault.ts";
import { type Simulator, startSimulator } from "../../src/simulator/simulator.ts";
import { printRows, publicCase } from "../support/public-cases.ts";
import { errorOf, startTestGateway, type TestGateway } from "./support/gateway.ts";
import { connect, startVendor } from "./support/vendor.ts";

let simulator: Simulator;
let gateway: TestGateway;

beforeAll(async () => {
  simulator = await startSimulator({ ownSites: 5 });
  gateway = await startTestGateway({ sampleEnvironment: simulator.environment });
});

afterEach(() => simulator.faults.clear());

afterAll(async () => {
  await gateway.close();
  await simulator.close();
});

const body = {
  collection: "site",
  query: "(entityVariant=Own)+(orderBy=importCode)",
  fields: ["importCode"],
};

async function rows(): Promise<unknown[][]> {
  const { ticket } = await gateway.connect({ environment: "sample" });
  const answer = await gateway.call<QueryAnswer>("POST", "/api/v1/query", { ticket, body });
  return answer.body.rows ?? [[errorOf(answer).code, errorOf(answer).message]];
}

const encode = (coding: Coding, lies?: true) => {
  for (const endpoint of ["data", "token"] as const)
    simulator.faults.add({ kind: "encoded", coding, endpoint, ...(lies && { lies }) });
};

publicCase("D1", async () => {
  encode("gzip");
  return printRows(await rows());
});

describe("an answer of either upstream that is compressed without a request", () => {
  it.each<Coding>(["gzip", "br", "deflate", "deflate-raw"])("is read in %s", async (coding) => {
    const plain = await rows();
    encode(coding);
    expect(await rows()).toEqual(plain);
  });

  it("is read, or reported if Node cannot decode it", async () => {
    const plain = await rows();
    simulator.faults.add({ kind: "encoded", coding: "zstd", path: "/api/site" });
    const canRead = "createZstdDecompress" in (await import("node:zlib"));
    const refused = [
      [
        "KAL_UPSTREAM_INVALID",
        "The Kalibrate Data API’s answer is compressed in a way that cannot be read here (zstd).",
      ],
    ];
    expect(await rows()).toEqual(canRead ? plain : refused);
  });

  it.each<Coding>(["gzip", "br", "deflate"])(
    "is refused with a message if only its header says that it is %s",
    async (coding) => {
      simulator.faults.add({ kind: "encoded", coding, path: "/api/site", lies: true });
      expect(await rows()).toEqual([
        [
          "KAL_UPSTREAM_INVALID",
          `The Kalibrate Data API’s answer is marked as compressed (${coding}) but cannot be decompressed.`,
        ],
      ]);
    },
  );

  it("of the identity provider is reported as unusable if only its header says that it is compressed", async () => {
    simulator.faults.add({ kind: "encoded", coding: "gzip", endpoint: "token", lies: true });
    const answer = await gateway.call("POST", "/api/v1/session", { body: { environment: "sample" } });
    expect(errorOf(answer).code).toBe("KAL_UPSTREAM_INVALID");
    expect(errorOf(answer).message).toMatch(/^The identity provider .* sent an answer that KAL cannot use/);
  });
});

describe("an answer that expands without end", () => {
  /** 200 MB of one letter, compressed to 200 kB. */
  const bomb = gzipSync(Buffer.concat([Buffer.from('["'), Buffer.alloc(200_000_000, "a")]));

  it.each(["token", "data"])("is aborted at the size limit (%s)", async (endpoint) => {
    const vendor = await startVendor();
    const send: typeof vendor.answerData = (_, response) =>
      void response.writeHead(200, { "content-encoding": "gzip" }).end(bomb);
    if (endpoint === "token") vendor.answerToken = send;
    else vendor.answerData = send;
    try {
      await vendor.run(async (own) => {
        expect(errorOf(await connect(own)).code).toBe("KAL_UPSTREAM_INVALID");
      });
    } finally {
      await vendor.close();
    }
  });
});
