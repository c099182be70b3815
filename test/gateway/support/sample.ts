/**
 * A gateway connected to the sample environment, anew for each test.
 * @module
 */
import { afterEach, beforeEach } from "vitest";
import type { QueryAnswer } from "../../../src/kalibrate/gateway-api.ts";
import { type Simulator, startSimulator } from "../../../src/simulator/simulator.ts";
import type { Answered, CallOptions } from "./calls.ts";
import { startTestGateway, type TestGateway } from "./gateway.ts";

export interface Sample {
  /** Its record of requests begins empty. */
  readonly simulator: Simulator;
  readonly gateway: TestGateway;
  readonly ticket: string;
  query(body: object, more?: CallOptions): Promise<Answered<QueryAnswer>>;
}

/** Starts them before each test of a file and ends them after it; what it gives can be used within tests. */
export function useSample(options: Parameters<typeof startSimulator>[0]): Sample {
  let simulator: Simulator;
  let gateway: TestGateway;
  let ticket: string;

  beforeEach(async () => {
    simulator = await startSimulator(options);
    gateway = await startTestGateway({ sampleEnvironment: simulator.environment });
    ({ ticket } = await gateway.connect({ environment: "sample" }));
    simulator.clearRequests();
  });

  afterEach(async () => {
    await gateway.close();
    await simulator.close();
  });

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
