/**
 * Chooses an input for the value of a filter: relative or calendar date, yes or no, a record by its name.
 * @module
 */
import { html, repeat, type ViewTemplate, when } from "@microsoft/fast-element";
import { KalError } from "../../../../kalibrate/errors.ts";
import { texts } from "../../texts/builder.ts";
import { today } from "../../common/times.ts";
import type { Builder } from "../builder.ts";
import { changeFilter } from "../choices.ts";
import { entered, type Option, optionsOf } from "../options.ts";
import { typeOfProperty } from "../properties.ts";
import { selectTemplate } from "../select-template.ts";
import { changeWay, type DateWay, dateWays, enteredAs, readDateValue, writeDateValue } from "./date-value.ts";
import { type Filter, readFilter, type ValueKind, valueKindOf } from "./filter.ts";
import { containsTyped, type KnownValue, referenceOf } from "./known-values.ts";

const words = texts.filter;

export type Of = { readonly parent: Builder };

export const kindOf = (filter: Filter, builder: Builder): ValueKind =>
  valueKindOf(filter.property, typeOfProperty(builder, filter.property));

/** The known values of a property. */
function valuesFor({ property }: Filter, builder: Builder): readonly KnownValue[] {
  if (property !== "entityVariant" && property !== "entityType") {
    return builder.known.byProperty.get(property)?.values ?? [];
  }
  const found = builder.collections?.find(({ name }) => name === builder.draft.collection);
  return [...(found?.variants ?? []), ...(found?.entityTypes ?? [])].map((value) => ({
    value,
    label: value,
  }));
}

type Control = ValueKind | "choice";

/** For a reference the person chooses a record by name; other known values are only suggestions. */
function controlOf(filter: Filter, builder: Builder): Control {
  const isChoice = referenceOf(filter.property) !== undefined && valuesFor(filter, builder).length > 0;
  return isChoice ? "choice" : kindOf(filter, builder);
}

const partId = (part: string) => (filter: Filter) => `filter-${filter.id}-${part}`;
const valueId = partId("value");
export const messagesId = partId("messages");

export const problemOf = (filter: Filter) => {
  const read = readFilter(filter);
  return read instanceof KalError ? read : undefined;
};

/** Longer lists have a search box. */
const maxUnsearched = 50;
/** A list with more options is slow to open. */
const maxOptions = 500;

function isSearched(filter: Filter, builder: Builder): boolean {
  return controlOf(filter, builder) === "choice" && valuesFor(filter, builder).length > maxUnsearched;
}

function matching(filter: Filter, builder: Builder): readonly KnownValue[] {
  const all = valuesFor(filter, builder);
  return filter.search.trim() === ""
    ? all
    : all.filter((knownValue) => containsTyped(knownValue, filter.search));
}

/** Always includes the current value. */
function choiceOptions(filter: Filter, { parent }: Of): Option[] {
  const offered = matching(filter, parent).slice(0, maxOptions);
  const { value } = filter;
  const labelOf = () =>
    valuesFor(filter, parent).find((knownValue) => knownValue.value === value)?.label ??
    texts.slice.notListed(value);
  return optionsOf([{ value: "", label: texts.slice.choose }, ...offered], value, labelOf);
}

/** Says how many values the list leaves out; undefined if it is complete. */
export function leftOut(filter: Filter, builder: Builder): string | undefined {
  const all = valuesFor(filter, builder).length;
  if (isSearched(filter, builder)) {
    const found = matching(filter, builder).length;
    if (found === all && all <= maxOptions) return undefined;
    return words.matches(Math.min(found, maxOptions), found, all);
  }
  if (builder.known.byProperty.get(filter.property)?.isWhole !== false) return undefined;
  return kindOf(filter, builder) === "number" ? words.someNumbers : words.someValues;
}

const booleanOptions = ({ value }: Filter) =>
  optionsOf(
    [
      { value: "true", label: words.yes },
      { value: "false", label: words.no },
    ],
    value === "false" ? "false" : "true",
  );

const valueSelect = (options: typeof choiceOptions) =>
  selectTemplate<Filter, Builder>({
    id: valueId,
    label: words.value,
    options,
    choose: (filter, value, builder) => changeFilter(builder, filter, { value }),
  });

const searchTemplate = html<Filter, Builder>`
  <input
    type="search"
    autocomplete="off"
    spellcheck="false"
    placeholder="${words.search}"
    aria-label="${words.search}"
    aria-describedby="${messagesId}"
    :value="${({ search }) => search}"
    @input="${(filter, { event }) => {
      filter.search = entered(event);
    }}"
  />
`;

const choiceTemplate = html<Filter, Builder>`
  <div class="choice-of-many">
    ${when((filter: Filter, { parent }: Of) => isSearched(filter, parent), searchTemplate)}
    ${valueSelect(choiceOptions)}
  </div>
`;
const booleanTemplate = valueSelect(booleanOptions);

const textTemplate = html<Filter, Builder>`
  <input
    id="${valueId}"
    type="text"
    inputmode="${(filter, { parent }) => (kindOf(filter, parent) === "number" ? "decimal" : "text")}"
    list="${partId("values")}"
    autocomplete="off"
    spellcheck="false"
    aria-label="${words.value}"
    aria-describedby="${messagesId}"
    aria-invalid="${(filter) => (problemOf(filter) ? "true" : "false")}"
    :value="${({ value }) => value}"
    @focus="${({ property }, { parent }) => void parent.known.load(property)}"
    @input="${(filter, { event, parent }) => enterText(filter, parent, entered(event))}"
  />
  <datalist id="${partId("values")}">
    ${repeat(
      (filter: Filter, { parent }: Of) => valuesFor(filter, parent),
      html<KnownValue>`<option value="${({ value }) => value}">${({ label }) => label}</option>`,
    )}
  </datalist>
`;

function enterText(filter: Filter, builder: Builder, value: string): void {
  changeFilter(builder, filter, { value });
  if (kindOf(filter, builder) === "text") void builder.known.search(filter.property, value);
}

const wayInputs: Readonly<Record<DateWay, string>> = {
  daysAgo: "text",
  hoursAgo: "text",
  day: "date",
  moment: "datetime-local",
  asWritten: "text",
};

/** The range of years that Excel supports. */
const limits: Readonly<Partial<Record<DateWay, readonly [min: string, max: string]>>> = {
  day: ["1900-03-01", "9999-12-31"],
  moment: ["1900-03-01T00:00", "9999-12-31T23:59"],
};

const wayOf = ({ enteredWay, value }: Filter) => enteredWay ?? readDateValue(value).way;

const wayOptions = (filter: Filter) =>
  optionsOf(
    dateWays.map((way) => ({ value: way, label: texts.dateWays[way] })),
    wayOf(filter),
  );

const dateTemplate = html<Filter, Builder>`
  <input
    id="${valueId}"
    type="${(filter) => wayInputs[wayOf(filter)]}"
    inputmode="${(filter) => (wayOf(filter).endsWith("Ago") ? "numeric" : null)}"
    min="${(filter) => limits[wayOf(filter)]?.[0] ?? null}"
    max="${(filter) => limits[wayOf(filter)]?.[1] ?? null}"
    autocomplete="off"
    aria-label="${words.value}"
    aria-describedby="${messagesId}"
    aria-invalid="${(filter) => (problemOf(filter) ? "true" : "false")}"
    :value="${(filter) => enteredAs(wayOf(filter), filter.value)}"
    @input="${(filter, { event, parent }) => enterDate(filter, parent, entered(event))}"
  />
  ${selectTemplate<Filter, Builder>({ label: words.way, options: wayOptions, choose: chooseWay })}
`;

function chooseWay(filter: Filter, chosen: string, builder: Builder): void {
  const way = chosen as DateWay;
  changeFilter(builder, filter, { enteredWay: way, value: changeWay(filter.value, way, today()) });
}

function enterDate(filter: Filter, builder: Builder, text: string): void {
  const way = wayOf(filter);
  changeFilter(builder, filter, { enteredWay: way, value: writeDateValue({ way, entered: text }) });
}

const controls: Readonly<Record<Control, ViewTemplate<Filter, Builder>>> = {
  text: textTemplate,
  number: textTemplate,
  boolean: booleanTemplate,
  date: dateTemplate,
  choice: choiceTemplate,
};

/** The control for the value of a filter. */
export function controlFor(filter: Filter, builder: Builder): ViewTemplate<Filter, Builder> {
  return controls[controlOf(filter, builder)];
}
