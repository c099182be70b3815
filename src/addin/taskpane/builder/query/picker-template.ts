/**
 * How a value is picked: an input with the values that are known below it (WAI-ARIA: combobox with a list).
 * @module
 */
import { html, repeat, when } from "@microsoft/fast-element";
import { labelOf } from "../../../../kalibrate/catalogue/attributes.ts";
import { filterTexts } from "../../texts/filter.ts";
import type { Builder } from "../builder.ts";
import { entered } from "../options.ts";
import type { Filter } from "./filter.ts";
import {
  close,
  isPicked,
  isRecord,
  knownFor,
  matching,
  open,
  page,
  pick,
  pressKey,
  shownValue,
  type,
} from "./picker.ts";
import { kindOf, messagesId, type Of, partId, problemOf, valueId } from "./filter-controls.ts";
import type { KnownValue } from "./known-values.ts";
import "./picker.css";

const words = filterTexts;

const listId = partId("values");
const optionId = (filter: Filter, at: number) => `filter-${filter.id}-value-${at}`;

interface Offer extends KnownValue {
  readonly filter: Filter;
  readonly at: number;
}

const offersOf = (filter: Filter, { parent }: Of): Offer[] =>
  matching(filter, parent)
    .slice(0, filter.drawn)
    .map((known, at) => ({ ...known, filter, at }));

const offerTemplate = html<Offer, Filter>`
  <li
    role="option"
    id="${({ filter, at }) => optionId(filter, at)}"
    class="${({ filter, at }) => (filter.active === at ? "active" : "")}"
    aria-selected="${({ filter, value }) => (isPicked(filter, value) ? "true" : "false")}"
    data-at="${({ at }) => at}"
  >
    ${({ label }) => label}
  </li>
`;

/** What the list holds, for those who look and those who listen. */
function tellOf(filter: Filter, { parent }: Of): string {
  const known = knownFor(filter, parent);
  const found = matching(filter, parent).length;
  if (!known || (known.isLoading && known.values.length === 0)) return words.loadingValues;
  if (found === 0 && !known.isLoading) return isRecord(filter) ? words.noRecordFits : words.noneFits;
  const rest = known.isLoading ? words.loadingMore : known.isWhole ? "" : words.notWhole;
  return [`${words.matches(found, known.values.length)}.`, rest].filter(Boolean).join(" ");
}

/** Keeps the focus in the input; the value that is pressed is told by the place of its element. */
function press(filter: Filter, builder: Builder, event: Event): boolean {
  const at = (event.target as HTMLElement).closest<HTMLElement>("[role=option]")?.dataset["at"];
  const chosen = at === undefined ? undefined : matching(filter, builder)[Number(at)];
  if (chosen) pick(filter, builder, chosen);
  return false;
}

function scroll(filter: Filter, event: Event): void {
  const list = event.target as HTMLElement;
  if (list.scrollTop + 2 * list.clientHeight > list.scrollHeight) filter.drawn += page;
}

function showActive(filter: Filter): void {
  document.getElementById(optionId(filter, filter.active))?.scrollIntoView({ block: "nearest" });
}

function handleKey(filter: Filter, builder: Builder, key: string): boolean {
  const isTheirs = pressKey(filter, builder, key);
  requestAnimationFrame(() => showActive(filter));
  return isTheirs;
}

const listTemplate = html<Filter, Builder>`
  <div class="values">
    <ul
      role="listbox"
      id="${listId}"
      aria-label="${({ property }) => labelOf(property)}"
      @mousedown="${(filter, { event, parent }) => press(filter, parent, event)}"
      @scroll="${(filter, { event }) => scroll(filter, event)}"
    >
      ${repeat(offersOf, offerTemplate)}
    </ul>
    <p class="hint" role="status">${tellOf}</p>
  </div>
`;

/** A press on the sign is a press on the input: the keyboard has the arrow keys for it. */
function toggle(filter: Filter, builder: Builder, event: Event): boolean {
  const input = (event.currentTarget as HTMLElement).parentElement?.querySelector("input");
  input?.focus();
  if (filter.isOpen) close(filter);
  else open(filter, builder);
  return false;
}

export const pickerTemplate = html<Filter, Builder>`
  <div class="picker">
    <input
      id="${valueId}"
      type="text"
      role="combobox"
      inputmode="${(filter, { parent }) => (kindOf(filter, parent) === "number" ? "decimal" : "text")}"
      autocomplete="off"
      spellcheck="false"
      aria-label="${words.value}"
      aria-autocomplete="list"
      aria-expanded="${({ isOpen }) => (isOpen ? "true" : "false")}"
      aria-controls="${listId}"
      aria-activedescendant="${(filter) =>
        filter.isOpen && filter.active >= 0 ? optionId(filter, filter.active) : null}"
      aria-describedby="${messagesId}"
      aria-invalid="${(filter) => (problemOf(filter) ? "true" : "false")}"
      :value="${(filter, { parent }) => shownValue(filter, parent)}"
      @focus="${(filter, { parent }) => void parent.known?.load(filter)}"
      @blur="${close}"
      @mousedown="${(filter, { parent }) => {
        open(filter, parent);
        return true;
      }}"
      @keydown="${(filter, { event, parent }) => handleKey(filter, parent, (event as KeyboardEvent).key)}"
      @input="${(filter, { event, parent }) => type(filter, parent, entered(event))}"
    />
    <button
      type="button"
      class="open-values"
      tabindex="-1"
      aria-hidden="true"
      @mousedown="${(filter, { event, parent }) => toggle(filter, parent, event)}"
    >
      ▾
    </button>
    ${when(({ isOpen }: Filter) => isOpen, listTemplate)}
  </div>
`;
