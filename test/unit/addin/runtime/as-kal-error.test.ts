import { afterEach, expect, it, vi } from "vitest";
import { asKalError } from "../../../../src/addin/runtime/as-kal-error.ts";
import { KalError } from "../../../../src/kalibrate/errors.ts";

afterEach(() => vi.restoreAllMocks());

it("a fault of the add-in is told as its own, and logged once with its cause", () => {
  const log = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const fault = new TypeError("x is undefined");
  const told = asKalError(fault);
  expect([told.code, told.cause]).toEqual(["KAL_ADDIN_INTERNAL", fault]);
  expect(told.message).not.toContain("service");
  expect(asKalError(fault)).toBe(told);
  expect(log.mock.calls).toEqual([["KAL_ADDIN_INTERNAL", fault]]);
  expect(asKalError("thrown text").code).toBe("KAL_ADDIN_INTERNAL");
});

it("an error of the catalogue stays what it is", () => {
  const known = new KalError("KAL_TIMEOUT");
  expect(asKalError(known)).toBe(known);
});

it("logs nothing for a call that was given up", () => {
  const log = vi.spyOn(console, "error").mockImplementation(() => undefined);
  asKalError(new DOMException("No cell waits for this call any more.", "AbortError"));
  expect(log).not.toHaveBeenCalled();
  log.mockRestore();
});
