import { expect, it } from "vitest";
import { inOrder, keysOf } from "../../../../../src/workbench/page/chrome/key-combination.ts";

const pressed = (keys: Partial<KeyboardEvent>) =>
  keysOf({
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    key: "",
    code: "",
    ...keys,
  } as KeyboardEvent);

it.each([
  ["Shift+Alt+Ctrl+k", "Ctrl+Alt+Shift+K"],
  ["Ctrl+S", "Ctrl+S"],
  ["F9", "F9"],
])("%s is written %s", (combination, expected) => {
  expect(inOrder(combination)).toBe(expected);
});

it.each([
  ["a letter", { ctrlKey: true, key: "s", code: "KeyS" }, "Ctrl+S"],
  ["Command in place of Ctrl", { metaKey: true, key: "o", code: "KeyO" }, "Ctrl+O"],
  ["a key that has no letter", { ctrlKey: true, altKey: true, key: "F9", code: "F9" }, "Ctrl+Alt+F9"],
  [
    "what a keyboard types with Alt",
    { ctrlKey: true, altKey: true, shiftKey: true, key: "", code: "KeyK" },
    "Ctrl+Alt+Shift+K",
  ],
  [
    "a letter in another place on another keyboard",
    { ctrlKey: true, altKey: true, shiftKey: true, key: "R", code: "KeyO" },
    "Ctrl+Alt+Shift+R",
  ],
  ["a letter alone", { key: "k", code: "KeyK" }, "K"],
])("%s", (_, keys, expected) => {
  expect(pressed(keys)).toBe(expected);
});
