import { describe, expect, it } from "vitest";
import { KalError } from "../../../../src/kalibrate/errors.ts";
import { recordingLog } from "../support.ts";

describe("the log", () => {
  it("keeps known fields and drops all others", () => {
    const { log, text } = recordingLog();
    log.info(
      { route: "/api/v1/query", status: 200, clientSecret: "planted", headers: { a: "planted" } },
      "request",
    );
    expect(JSON.parse(text())).toEqual({
      level: "info",
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string,
      route: "/api/v1/query",
      status: 200,
      msg: "request",
    });
  });

  it("describes errors by kind, code and place, never by their text", () => {
    const { log, text } = recordingLog();
    const cause = Object.assign(new Error("planted cause"), { code: "ECONNRESET" });
    const error = new KalError("KAL_TIMEOUT", { message: "planted message", cause });
    log.error(error);
    log.error({ err: error });
    log.error({ error }, "said by us");
    expect(text()).not.toContain("planted");
    const [bare, , named] = text()
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(bare).toMatchObject({
      msg: "error",
      error: { name: "KalError", code: "KAL_TIMEOUT", cause: { name: "Error", code: "ECONNRESET" } },
    });
    expect(JSON.stringify(bare)).toContain("log.test.ts");
    expect(named).toMatchObject({ msg: "said by us" });
  });

  it("accepts any thrown value", () => {
    const { log, text } = recordingLog();
    log.error({ error: "planted" }, "odd");
    log.error({ error: undefined }, "odd");
    expect(text()).not.toContain("planted");
  });
});
