/**
 * The chosen columns in order. They can be moved by buttons, keys or dragging, and removed.
 * @module
 */
import { html, repeat } from "@microsoft/fast-element";
import { labelOf } from "../../../../kalibrate/catalogue/attributes.ts";
import { focusSoon } from "../../common/focus.ts";
import { texts } from "../../texts/builder-parts.ts";
import type { Builder } from "../builder.ts";
import { moveField, tickField } from "../choices.ts";
import { iconButtonTemplate } from "../icon-button-template.ts";
import { searchId } from "./offered-template.ts";

const words = texts.fields;

type Step = -1 | 1;

const moveId = (path: string, by: Step) => `column-${path}-${by < 0 ? "up" : "down"}`;

/** Focus follows the column's button, so that it can be pressed again. */
function move(builder: Builder, path: string, by: Step, focus: Step = by): void {
  moveField(builder, path, by);
  focusSoon(moveId(path, focus));
}

function moveByKey(builder: Builder, path: string, event: KeyboardEvent): boolean {
  if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return true;
  const focus = (event.target as HTMLElement).id.endsWith("-down") ? 1 : -1;
  move(builder, path, event.key === "ArrowUp" ? -1 : 1, focus);
  return false;
}

function remove(path: string, builder: Builder): void {
  const { fields } = builder.draft;
  const next = fields[fields.indexOf(path) + 1] ?? fields[fields.indexOf(path) - 1];
  tickField(builder, path, false);
  focusSoon(next === undefined ? searchId : moveId(next, -1));
}

const dragged = "text/x-kal-column";

function drag(event: DragEvent, path: string): boolean {
  event.dataTransfer?.setData(dragged, path);
  return true;
}

/** Moves the dragged column to where it was dropped. */
function drop(builder: Builder, event: DragEvent, onto: string): void {
  const path = event.dataTransfer?.getData(dragged) ?? "";
  const { fields } = builder.draft;
  const places = fields.indexOf(onto) - fields.indexOf(path);
  if (!fields.includes(path)) return;
  for (let step = 0; step < Math.abs(places); step++) moveField(builder, path, places < 0 ? -1 : 1);
}

const moveButton = (by: Step) =>
  iconButtonTemplate<string, Builder>({
    sign: by < 0 ? "↑" : "↓",
    label: by < 0 ? words.up : words.down,
    id: (path) => moveId(path, by),
    isIdle: (path, { draft }) => draft.fields.at(by < 0 ? 0 : -1) === path,
    press: (path, builder) => move(builder, path, by),
  });

const removeButton = iconButtonTemplate<string, Builder>({ sign: "✕", label: words.remove, press: remove });

const chosenTemplate = html<string, Builder>`
  <li
    class="chosen"
    draggable="true"
    @dragstart="${(path, { event }) => drag(event as DragEvent, path)}"
    @dragover="${(_, { event }) => void event.preventDefault()}"
    @drop="${(path, { event, parent }) => drop(parent, event as DragEvent, path)}"
    @keydown="${(path, { event, parent }) => moveByKey(parent, path, event as KeyboardEvent)}"
  >
    <span>${labelOf}<span class="detail">${(path) => path}</span></span>
    ${moveButton(-1)} ${moveButton(1)} ${removeButton}
  </li>
`;

export const chosenListTemplate = html<Builder>`
  <p class="hint" id="chosen-heading">${words.chosen}</p>
  <ol class="chosen-fields" aria-labelledby="chosen-heading">
    ${repeat(({ draft }: Builder) => draft.fields, chosenTemplate)}
  </ol>
`;
