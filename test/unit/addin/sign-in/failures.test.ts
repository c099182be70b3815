/** What goes wrong while somebody signs in: the words for people, and when Excel's own way is given up. */
import { beforeEach, describe, expect, it, vi } from "vitest";
import { isBridgeBroken, signInFailure } from "../../../../src/addin/sign-in/failures.ts";
import { createWithin, TimeLimitError } from "../../../../src/addin/sign-in/within.ts";
import { KalError } from "../../../../src/kalibrate/errors.ts";

/** As the library throws it. */
const thrown = (name: string, errorCode: string) => Object.assign(new Error(errorCode), { name, errorCode });

beforeEach(() => {
  vi.stubGlobal("location", { host: "kal.example.com" });
  return () => vi.unstubAllGlobals();
});

describe("a failure of the library", () => {
  it.each([
    [
      "InteractionRequiredAuthError",
      "login_required",
      "KAL_SIGN_IN_REQUIRED",
      "You are not signed in",
      false,
    ],
    ["ClientAuthError", "user_canceled", "KAL_SIGN_IN_REQUIRED", "was not finished", false],
    ["BrowserAuthError", "user_cancelled", "KAL_SIGN_IN_REQUIRED", "was not finished", false],
    ["ClientAuthError", "no_network_connectivity", "KAL_UPSTREAM_DOWN", "does not answer", false],
    ["ClientAuthError", "endpoints_resolution_error", "KAL_UPSTREAM_DOWN", "does not answer", false],
    ["BrowserAuthError", "popup_window_error", "KAL_SIGN_IN_REQUIRED", "blocked", true],
    ["BrowserAuthError", "timed_out", "KAL_SIGN_IN_REQUIRED", "You are not signed in", true],
    ["ClientAuthError", "nested_app_auth_bridge_disabled", "KAL_SIGN_IN_REFUSED", "refused", true],
    ["AuthError", "unknown_error", "KAL_SIGN_IN_REFUSED", "refused (unknown_error)", true],
    ["ServerError", "", "KAL_SIGN_IN_REFUSED", "refused (ServerError)", true],
    ["TypeError", "", "KAL_SIGN_IN_REFUSED", "refused (TypeError)", true],
  ])("%s %s is %s", (name, errorCode, code, message, gaveUp) => {
    const error = thrown(name, errorCode);
    const failure = signInFailure(error, "it@example.com");
    expect([failure.code, failure.message]).toEqual([code, expect.stringContaining(message)]);
    expect(isBridgeBroken(error)).toBe(gaveUp);
  });

  it("says whom to ask where the provider refuses", () => {
    expect(signInFailure(thrown("ServerError", "access_denied"), "it@example.com").hint).toContain(
      "it@example.com",
    );
  });

  it("of the catalogue stays as it is", () => {
    const error = new KalError("KAL_OFFLINE");
    expect(signInFailure(error, undefined)).toBe(error);
  });
});

describe("a limit", () => {
  /** A clock that runs tasks when told. */
  function createClock() {
    const tasks = new Map<() => void, number>();
    return {
      tasks,
      after: (ms: number, task: () => void) => {
        tasks.set(task, ms);
        return () => void tasks.delete(task);
      },
    };
  }

  it("ends what never answers, such as a bridge or a provider", async () => {
    const clock = createClock();
    const limited = createWithin(clock)(new Promise<never>(() => undefined), 20_000);
    expect([...clock.tasks.values()]).toEqual([20_000]);
    for (const task of clock.tasks.keys()) task();
    await expect(limited).rejects.toBeInstanceOf(TimeLimitError);
    expect(signInFailure(await limited.catch((error: unknown) => error), undefined).code).toBe(
      "KAL_UPSTREAM_DOWN",
    );
  });

  it("leaves nothing behind where the answer comes, good or bad", async () => {
    const clock = createClock();
    const within = createWithin(clock);
    expect(await within(Promise.resolve("token"), 20_000)).toBe("token");
    await expect(within(Promise.reject(new Error("no")), 20_000)).rejects.toThrow("no");
    expect(clock.tasks.size).toBe(0);
  });
});
