/**
 * Template of the form to connect: sample data first, own data below.
 * @module
 */
import { html, repeat, when } from "@microsoft/fast-element";
import type { EnvironmentSummary } from "../../../kalibrate/gateway-api.ts";
import { outlivesPage } from "../../runtime/session/connection-store.ts";
import { present } from "../common/present.ts";
import { type Problem, problemTemplate } from "../problem/problem.ts";
import { skeletonTemplate } from "../common/skeleton.ts";
import { texts } from "../texts/connect.ts";
import {
  type Connect,
  environmentId,
  headingId,
  otherEnvironment,
  problemId,
  offeredSample,
  sampleId,
  submitId,
  typedEnvironments,
  type Way,
} from "./connect.ts";
import { fieldTemplate } from "./field-template.ts";
import "./connect.css";

const isWaiting = ({ waitingFor }: Connect) => waitingFor !== undefined;

const cancelButton = html<Connect>`
  <fluent-button id="cancel" @click="${(view) => view.cancel()}">${texts.connect.cancel}</fluent-button>
`;

const listProblem = ({ listProblem: error, loadAndFocus }: Connect): Problem | undefined =>
  error && { id: problemId, error, retry: () => void loadAndFocus() };

const problemOf =
  (way: Way) =>
  (view: Connect): Problem | undefined => {
    if (view.problem?.of !== way) return undefined;
    const retry = () => void (way === "sample" ? view.trySample() : view.submit());
    return { id: problemId, error: view.problem.error, retry };
  };

const sampleTemplate = html<Connect>`
  <section class="sample">
    <fluent-compound-button
      id="${sampleId}"
      appearance="primary"
      ?disabled-focusable="${isWaiting}"
      @click="${(view) => void view.trySample()}"
    >
      ${({ waitingFor }) => (waitingFor === "sample" ? texts.sample.connecting : texts.sample.choice)}
      <span slot="description">${texts.sample.explained}</span>
    </fluent-compound-button>
    ${when(({ waitingFor }) => waitingFor === "sample", cancelButton)}
    ${present(problemOf("sample"), problemTemplate)}
  </section>
`;

const optionTemplate = html<EnvironmentSummary, Connect>`
  <option value="${({ id }) => id}" :selected="${({ id }, { parent }) => id === parent.environment}">
    ${({ label }) => label}
  </option>
`;

const environmentTemplate = html<Connect>`
  <div class="field">
    <label for="${environmentId}">${texts.connect.environment.label}</label>
    <select
      id="${environmentId}"
      ?disabled="${isWaiting}"
      aria-describedby="environment-hint"
      @change="${(view, { event }) => view.choose((event.target as HTMLSelectElement).value)}"
    >
      ${repeat(typedEnvironments, optionTemplate)}
      <option
        value="${otherEnvironment}"
        :selected="${({ environment }) => environment === otherEnvironment}"
      >
        ${texts.connect.otherEnvironment}
      </option>
    </select>
    <p class="hint" id="environment-hint">${texts.connect.environment.hint}</p>
  </div>
`;

const rememberChoice = html<Connect>`
  <div class="field remember">
    <fluent-checkbox
      id="remember"
      ?disabled="${isWaiting}"
      aria-describedby="remember-hint"
      :checked="${({ remember }) => remember}"
      @change="${(view, { event }) => {
        view.remember = (event.target as HTMLInputElement).checked;
      }}"
    ></fluent-checkbox>
    <label for="remember">${texts.connect.remember.label}</label>
    <p class="hint" id="remember-hint">${texts.connect.remember.hint}</p>
  </div>
`;

/** Over plain http a connection ends with the page, so there is nothing to remember. */
const rememberTemplate = html<Connect>`
  ${when(outlivesPage, rememberChoice, html`<p class="hint">${texts.connect.remember.plainHttp}</p>`)}
`;

/** Enter does not submit a form whose button is a custom element (WICG/webcomponents 814), so we handle it. */
function sendOnEnter(view: Connect, { event }: { event: Event }): boolean {
  const isEnter = (event as KeyboardEvent).key === "Enter" && event.target instanceof HTMLInputElement;
  if (isEnter) void view.submit();
  return !isEnter;
}

function headingOf({ again, current }: Connect): string {
  if (again !== undefined) return texts.connect.againHeading(again);
  return current ? texts.connect.otherHeading : texts.connect.heading;
}

const formTemplate = html<Connect>`
  <form
    aria-labelledby="${headingId}"
    novalidate
    @submit="${(view) => void view.submit()}"
    @keydown="${sendOnEnter}"
  >
    <h2 id="${headingId}">${headingOf}</h2>
    <p class="hint">${texts.connect.explained}</p>
    ${environmentTemplate} ${repeat(({ fields }: Connect) => fields, fieldTemplate(isWaiting))}
    ${rememberTemplate} ${present(problemOf("settings"), problemTemplate)}
    <div class="actions">
      <fluent-button id="${submitId}" type="submit" appearance="primary" ?disabled-focusable="${isWaiting}">
        ${({ waitingFor }) => (waitingFor === "settings" ? texts.connect.connecting : texts.connect.submit)}
      </fluent-button>
      ${when(({ waitingFor }) => waitingFor === "settings", cancelButton)}
    </div>
    <p class="hint">${texts.connect.secretFate}</p>
  </form>
`;

const choices = html<Connect>`${when(offeredSample, sampleTemplate)} ${formTemplate}`;

/** Shown while there are no environments yet: loading, or why it failed. */
const nothingYet = html<Connect>`
  ${present(listProblem, problemTemplate)} ${when<Connect>((view) => !view.listProblem, skeletonTemplate)}
`;

export const connectTemplate = html<Connect>`
  ${when(({ environments }) => environments, choices, nothingYet)}
`;
