/**
 * A drop-down list, alone or with a label.
 * @module
 */
import { html, repeat, type ViewTemplate } from "@microsoft/fast-element";
import type { Builder } from "./builder.ts";
import { entered, type Option, optionTemplate } from "./options.ts";

export interface Select<Source, Parent = unknown> {
  /** Id on the page. */
  readonly id?: string | ((source: Source) => string);
  /** Accessible name if there is no visible label. */
  readonly label?: string;
  /** Id of the element that describes it. */
  readonly describedBy?: string;
  readonly options: (source: Source, context: { readonly parent: Parent }) => Option[];
  readonly choose: (source: Source, value: string, parent: Parent) => void;
  /** Whether it is disabled. */
  readonly isLocked?: (source: Source) => boolean;
}

/** null removes the attribute. */
const absent = () => null;

export function selectTemplate<Source, Parent = unknown>(
  select: Select<Source, Parent>,
): ViewTemplate<Source, Parent> {
  const { id, label, describedBy, options, choose, isLocked = () => false } = select;
  return html<Source, Parent>`
    <select
      id="${id ?? absent}"
      aria-label="${label ?? absent}"
      aria-describedby="${describedBy ?? absent}"
      ?disabled="${isLocked}"
      @change="${(source, { event, parent }) => choose(source, entered(event), parent)}"
    >
      ${repeat(options, optionTemplate)}
    </select>
  `;
}

/** With a label of its own. */
export const selectField = (
  label: string | ((builder: Builder) => string),
  select: Select<Builder> & { readonly id: string },
) => html<Builder>`
  <div class="field">
    <label for="${select.id}">${label}</label>
    ${selectTemplate(select)}
  </div>
`;
