/** An Excel that claims to sign people in and then refuses or does not answer (office-js 6610, 6691). */
import { beforeEach, expect, it, vi } from "vitest";
import { createAccounts } from "../../../../src/addin/sign-in/accounts.ts";
import { TimeLimitError, type Within } from "../../../../src/addin/sign-in/within.ts";

const library = () => ({ ssoSilent: vi.fn(), acquireTokenPopup: vi.fn() });
const excel = vi.hoisted((): { nested: unknown } => ({ nested: undefined }));
const standard = library();
vi.mock("../../../../src/addin/sign-in/library.ts", () => ({
  authorityOf: (tenant: string) => tenant,
  openNested: async () => excel.nested,
  openStandard: async () => standard,
}));

const never = () => new Promise<never>(() => undefined);
/** What does not answer is over its limit at once. */
const within: Within = (work) =>
  Promise.race([
    work,
    new Promise<never>((_, reject) => setImmediate(() => reject(new TimeLimitError("No answer.")))),
  ]);

let nested: ReturnType<typeof library>;
const open = () =>
  createAccounts({ authority: "https://login.example.com", tenant: "t", clientId: "c", scope: "s" }, within);

beforeEach(() => {
  excel.nested = nested = library();
  standard.ssoSilent.mockReset().mockResolvedValue({ accessToken: "of the library" });
});

it("that refuses is given up for as long as the page lives", async () => {
  nested.ssoSilent.mockRejectedValue(Object.assign(new Error(), { name: "ServerError", errorCode: "" }));
  const { getSilently, ask } = open();
  expect(await getSilently()).toBe("of the library");
  expect(await getSilently()).toBe("of the library");
  expect(await ask()).toBeUndefined();
  expect(nested.ssoSilent).toHaveBeenCalledOnce();
  expect(nested.acquireTokenPopup).not.toHaveBeenCalled();
});

it("that does not answer fails once, because the provider may be the reason, and is then given up", async () => {
  nested.ssoSilent.mockImplementation(never);
  const { getSilently } = open();
  await expect(getSilently()).rejects.toBeInstanceOf(TimeLimitError);
  expect(await getSilently()).toBe("of the library");
  expect(nested.ssoSilent).toHaveBeenCalledOnce();
});

it("that refuses after a click leaves the click to the dialog", async () => {
  nested.acquireTokenPopup.mockRejectedValue(
    Object.assign(new Error(), { name: "ClientAuthError", errorCode: "nested_app_auth_bridge_disabled" }),
  );
  expect(await open().ask()).toBeUndefined();
});

it("is not given up where only the person must be asked", async () => {
  const refusal = Object.assign(new Error(), { name: "InteractionRequiredAuthError", errorCode: "" });
  nested.ssoSilent.mockRejectedValueOnce(refusal).mockResolvedValue({ accessToken: "of Excel" });
  const { getSilently } = open();
  await expect(getSilently()).rejects.toBe(refusal);
  expect(await getSilently()).toBe("of Excel");
});
