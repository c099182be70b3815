/**
 * Actions on what a lookup or a market searches for.
 * @module
 */
import { readSelectedCells } from "../../cells/read-cells.ts";
import { announce } from "../../common/announce.ts";
import { focusSoon } from "../../common/focus.ts";
import { reasonOf } from "../../common/reason-of.ts";
import { texts as words } from "../../texts/beside.ts";
import { writingTexts } from "../../texts/writing.ts";
import type { Builder } from "../builder.ts";
import type { When } from "../draft.ts";
import { fullAddressOf } from "./place.ts";
import { createSource, type Source } from "./source.ts";

export const addKeyId = "add-key";
export const keyId = ({ id }: Source) => `key-${id}`;
export const cellsId = ({ id }: Source) => `cells-${id}`;

export function addKey(builder: Builder): void {
  const key = createSource("");
  builder.draft.keys = [...builder.draft.keys, key];
  builder.changed();
  focusSoon(keyId(key));
}

export function removeKey(builder: Builder, key: Source): void {
  builder.draft.keys = builder.draft.keys.filter((other) => other !== key);
  builder.changed();
  announce(words.keys.removed);
  focusSoon(addKeyId);
}

/** Values of another field mean nothing. */
export function chooseKey(builder: Builder, key: Source, property: string): void {
  Object.assign(key, { property, value: "" });
  builder.changed();
}

/** Takes the selected cells as those that hold the values. */
export async function useSelected(builder: Builder, source: Source): Promise<void> {
  try {
    const cells = await readSelectedCells();
    if (!cells) {
      builder.outcome = { text: words.source.empty };
      return;
    }
    Object.assign(source, { cells, expression: undefined });
    builder.changed();
    announce(words.source.used(fullAddressOf(cells)));
  } catch (error) {
    builder.outcome = { text: writingTexts.refused(reasonOf(error)) };
  }
  focusSoon(cellsId(source));
}

/** Values are chosen in the pane from now on. */
export function chooseHere(builder: Builder, source: Source): void {
  Object.assign(source, { cells: undefined, expression: undefined });
  builder.changed();
  focusSoon(`filter-${source.id}-value`);
}

export function chooseWhen(builder: Builder, when: When): void {
  const { draft } = builder;
  draft.when = when;
  const { moment } = draft;
  if (when === "chosen" && (moment.value === "" || moment.value === "now")) moment.value = "today";
  if (when !== "cells") Object.assign(moment, { cells: undefined, expression: undefined });
  builder.changed();
}
