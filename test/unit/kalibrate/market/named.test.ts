import { expect, it } from "vitest";
import type { KalError } from "../../../../src/kalibrate/errors.ts";
import { indexByNames, type Named } from "../../../../src/kalibrate/market/named.ts";

const known: Named[] = [
  { id: "a-1", code: "1001", name: "Stoke High Street" },
  { id: "a-2", code: 1002, name: "Crewe  Mill Lane" },
  { id: "a-3", code: "1003", name: "1001" },
  { id: "a-4", code: "1004", name: "Twin" },
  { id: "a-5", code: "1005", name: "twin" },
  { id: "a-6", code: null, name: null },
];
const find = indexByNames(known, ["own site", "own sites"]);
const ids = (...texts: string[]) => find(texts).map(({ id }) => id);
function refusal(...texts: string[]): KalError | undefined {
  try {
    find(texts);
  } catch (error) {
    return error as KalError;
  }
  return undefined;
}

it("finds by code, name and id, in any letter case, each once and in the order given", () => {
  expect(ids("1002", " stoke HIGH street ", "A-3", "1002")).toEqual(["a-2", "a-1", "a-3"]);
  expect(ids()).toEqual([]);
});

it("takes a code before a name", () => {
  expect(ids("1001")).toEqual(["a-1"]);
});

it("says which are meant where several have the name", () => {
  const { code, message, hint } = refusal("Twin")!;
  expect([code, message, hint]).toEqual([
    "KAL_AMBIGUOUS",
    "2 own sites have the name “Twin”: 1004, 1005.",
    "Give the code.",
  ]);
});

it.each([
  ["9999", /There is no own site “9999”/],
  ["Stoke High Stret", /Did you mean “Stoke High Street”/],
  ["", /There is no own site “”/],
])("says that there is no %j", (text, message) => {
  expect(refusal("1001", text)).toMatchObject({
    code: "KAL_NO_ROWS",
    message: expect.stringMatching(message) as string,
  });
});

it("says where these credentials see none at all", () => {
  expect(() => indexByNames([], ["own site", "own sites"])(["1001"])).toThrow(/see no own sites/);
});
