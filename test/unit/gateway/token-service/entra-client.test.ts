import { MockAgent } from "undici";
import { expect, it } from "vitest";
import { createEntraClient } from "../../../../src/gateway/token-service/entra-client.ts";
import { connectionWith, recordingLog } from "../support.ts";

it.each(["../x", "common", "a@evil.example", "evil.example#", "x/../../y.example"])(
  "sends no secret anywhere for the tenant %j",
  async (tenant) => {
    const dispatcher = new MockAgent();
    dispatcher.disableNetConnect();
    const acquire = createEntraClient({ dispatcher, timeout: 1000, log: recordingLog().log, now: Date.now });
    await expect(acquire({ ...connectionWith(), tenant })).rejects.toMatchObject({
      code: "KAL_TENANT_UNKNOWN",
    });
    await dispatcher.close();
  },
);
