/**
 * An input that fits the value of a filter: a date counted back or by the calendar, yes or no, a number.
 * @module
 */
import { html, type ViewTemplate } from "@microsoft/fast-element";
import { KalError } from "../../../../kalibrate/errors.ts";
import { filterTexts } from "../../texts/filter.ts";
import { today } from "../../common/times.ts";
import type { Builder } from "../builder.ts";
import { changeFilter } from "../choices.ts";
import { entered, optionsOf } from "../options.ts";
import { typeOfProperty } from "../properties.ts";
import { selectTemplate } from "../select-template.ts";
import { changeWay, type DateWay, dateWays, enteredAs, readDateValue, writeDateValue } from "./date-value.ts";
import { type Filter, readFilter } from "./filter.ts";
import { type ValueKind, valueKindOf } from "./filter-kinds.ts";

const words = filterTexts;

export type Of = { readonly parent: Builder };

export const kindOf = (filter: Filter, builder: Builder): ValueKind =>
  valueKindOf(filter.property, typeOfProperty(builder, filter.property));

export const partId = (part: string) => (filter: Filter) => `filter-${filter.id}-${part}`;
export const valueId = partId("value");
export const messagesId = partId("messages");

export const problemOf = (filter: Filter) => {
  const read = readFilter(filter);
  return read instanceof KalError ? read : undefined;
};

const booleanOptions = ({ value }: Filter) =>
  optionsOf(
    [
      { value: "true", label: words.yes },
      { value: "false", label: words.no },
    ],
    value === "false" ? "false" : "true",
  );

const booleanTemplate = selectTemplate<Filter, Builder>({
  id: valueId,
  label: words.value,
  options: booleanOptions,
  choose: (filter, value, builder) => changeFilter(builder, filter, { value }),
});

const numberTemplate = html<Filter, Builder>`
  <input
    id="${valueId}"
    type="text"
    inputmode="decimal"
    autocomplete="off"
    aria-label="${words.value}"
    aria-describedby="${messagesId}"
    aria-invalid="${(filter) => (problemOf(filter) ? "true" : "false")}"
    :value="${({ value }) => value}"
    @input="${(filter, { event, parent }) => changeFilter(parent, filter, { value: entered(event) })}"
  />
`;

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
    dateWays.map((way) => ({ value: way, label: words.dateWays[way] })),
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

/** What a value is entered with, where it is not picked. */
export const controls: Readonly<Record<Exclude<ValueKind, "text">, ViewTemplate<Filter, Builder>>> = {
  number: numberTemplate,
  boolean: booleanTemplate,
  date: dateTemplate,
};
