import { describe, expect, it } from "vitest";
import { errorCatalogue, errorCodes, isErrorCode, KalError } from "../../../src/kalibrate/errors.ts";

describe("the error catalogue", () => {
  it("shows #N/A only where the data itself has no answer", () => {
    const notAvailable = errorCodes.filter((code) => errorCatalogue[code].excel === "#N/A");
    expect(notAvailable).toEqual(["KAL_NO_MATCH", "KAL_NO_ROWS"]);
  });

  it.each(errorCodes)("%s says what happened and what to do next", (code) => {
    const { message, hint } = errorCatalogue[code];
    expect(message).toMatch(/^[A-Z].+[.]$/);
    expect(hint).toMatch(/^[A-Z].+[.]$/);
  });

  it("knows its own codes and no others", () => {
    expect(isErrorCode("KAL_OFFLINE")).toBe(true);
    expect(isErrorCode("toString")).toBe(false);
    expect(isErrorCode(7)).toBe(false);
  });
});

describe("KalError", () => {
  it("takes missing details from the catalogue", () => {
    const error = new KalError("KAL_TIMEOUT", { requestId: "r1" });
    expect(error).toMatchObject({
      ...pick("KAL_TIMEOUT"),
      retryable: true,
      requestId: "r1",
      name: "KalError",
    });
  });

  it("keeps the details of the occurrence", () => {
    const cause = new Error("socket closed");
    const error = new KalError("KAL_UPSTREAM_DOWN", {
      message: "Gone.",
      hint: "Wait.",
      retryAfter: 3,
      cause,
    });
    expect(error).toMatchObject({ message: "Gone.", hint: "Wait.", retryAfter: 3, cause });
  });
});

function pick(code: "KAL_TIMEOUT") {
  const { message, hint } = errorCatalogue[code];
  return { code, message, hint };
}
