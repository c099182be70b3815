/**
 * A small button with an icon; its label says what it does.
 * @module
 */
import { html, type ViewTemplate } from "@microsoft/fast-element";

export interface IconButton<Source, Parent> {
  readonly sign: string;
  readonly label: (source: Source) => string;
  /** Id on the page. */
  readonly id?: (source: Source) => string;
  /** Whether it has no effect now. It stays visible and keeps the focus. */
  readonly isIdle?: (source: Source, parent: Parent) => boolean;
  readonly press: (source: Source, parent: Parent) => void;
}

export function iconButtonTemplate<Source, Parent>(
  button: IconButton<Source, Parent>,
): ViewTemplate<Source, Parent> {
  const { sign, label, id, isIdle, press } = button;
  return html<Source, Parent>`
    <button
      type="button"
      class="icon-button"
      id="${(source) => id?.(source) ?? null}"
      aria-label="${label}"
      aria-disabled="${(source, { parent }) => (isIdle?.(source, parent) ? "true" : "false")}"
      @click="${(source, { parent }) => press(source, parent)}"
    >
      ${sign}
    </button>
  `;
}
