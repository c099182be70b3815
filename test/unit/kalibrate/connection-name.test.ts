import { expect, it } from "vitest";
import { splitConnection } from "../../../src/kalibrate/connection-name.ts";

it.each([
  ["price", undefined, "price"],
  ["sandpit:price", "sandpit", "price"],
  [" a b : reference/Brand ", "a b", "reference/Brand"],
  ["a:b:c", "a", "b:c"],
])("%j is %j and %j", (text, connection, collection) => {
  expect(splitConnection(text)).toEqual({ connection, collection });
});

it.each([":price", " :price", ":"])("%j names no connection", (text) => {
  expect(() => splitConnection(text)).toThrow("no connection before the colon");
});
