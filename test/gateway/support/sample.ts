/**
 * A gateway connected to the sample environment, new for each test; all tests of the file share one simulator.
 * @module
 */
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import type { QueryAnswer } from "../../../src/kalibrate/gateway-api.ts";
import { type Simulator, startSimulator } from "../../../src/simulator/simulator.ts";
import type { Answered, CallOptions } from "./calls.ts";
import { startTestGateway, type TestGateway } from "./gateway.ts";

export interface Sample {
  /** Each test starts with an empty request log and without faults. */
  readonly simulator: Simulator;
  readonly gateway: TestGateway;
  readonly ticket: string;
  query(body: object, more?: CallOptions): Promise<Answered<QueryAnswer>>;
}

/**
 * Registers the hooks; the result can be used within tests only.
 * @param variables of each test's gateway
 */
export function useSample(
  options: Parameters<typeof startSimulator>[0],
  variables: Record<string, string> = {},
): Sample {
  let simulator: Simulator;
  let gateway: TestGateway;
  let ticket: string;

  beforeAll(async () => {
    simulator = await startSimulator(options);
  });

  beforeEach(async () => {
    gateway = await startTestGateway({ sampleEnvironment: simulator.environment, variables });
    ({ ticket } = await gateway.connect({ environment: "sample" }));
    simulator.clearRequests();
  });

  afterEach(async () => {
    await gateway.close();
    simulator.faults.clear();
  });

  afterAll(() => simulator.close());

  return {
    get simulator() {
      return simulator;
    },
    get gateway() {
      return gateway;
    },
    get ticket() {
      return ticket;
    },
    query: (body, more) => gateway.call("POST", "/api/v1/query", { ticket, body, ...more }),
  };
}
