/**
 * Template for changing a connection.
 * @module
 */
import { html, repeat, when } from "@microsoft/fast-element";
import { changeTexts as texts } from "../../texts/change-connection.ts";
import { type ChangeView, namesHeld } from "./change.ts";

const valueOf = (event: Event) => (event.target as HTMLInputElement | HTMLSelectElement).value;

const linesTemplate = html<ChangeView>`
  <ul id="change-lines">
    ${repeat(({ lines }: ChangeView) => lines ?? [], html<string>`<li>${(line) => line}</li>`)}
  </ul>
  <fluent-button
    appearance="primary"
    ?disabled-focusable="${({ isBusy }) => isBusy}"
    @click="${(view) => void view.change()}"
  >
    ${texts.change}
  </fluent-button>
`;

export const changeTemplate = html<ChangeView>`
  <div class="change">
    <p class="hint">${texts.meaning}</p>
    <div class="field">
      <label for="change-from">${texts.from}</label>
      <input
        id="change-from"
        type="text"
        autocomplete="off"
        spellcheck="false"
        aria-describedby="change-from-hint"
        :value="${({ from }) => from}"
        @input="${(view, { event }) => view.set("from", valueOf(event))}"
      />
      <p class="hint" id="change-from-hint">${texts.fromHint}</p>
    </div>
    <div class="field">
      <label for="change-to">${texts.to}</label>
      <select id="change-to" @change="${(view, { event }) => view.set("to", valueOf(event))}">
        <option value=""></option>
        ${repeat(namesHeld, html<string>`<option value="${(name) => name}">${(name) => name}</option>`)}
      </select>
    </div>
    <div class="actions">
      <fluent-button ?disabled-focusable="${({ isBusy }) => isBusy}" @click="${(view) => void view.list()}">
        ${texts.list}
      </fluent-button>
    </div>
    ${when(({ lines }) => lines !== undefined, linesTemplate)}
    <p class="outcome">${({ outcome }) => outcome}</p>
  </div>
`;
