/**
 * The view of a connection: does it work, the first formula, who one is, and the way out.
 * @module
 */
import { html, render, repeat, when } from "@microsoft/fast-element";
import type { Status } from "../../../kalibrate/gateway-api.ts";
import { present } from "../present.ts";
import { type Problem, problemTemplate } from "../problem/problem.ts";
import { skeletonTemplate } from "../skeleton.ts";
import { texts } from "../texts/pane.ts";
import { type Connected, headingId, isSample, problemId } from "./connected.ts";
import { firstFormulaTemplate } from "./first-formula-template.ts";
import { readableTime } from "./times.ts";
import "./connection.css";

const words = texts.connection;

/** What the badge says: its words and its colour. */
function stateOf({ problem, status, isChecking }: Connected): readonly [text: string, colour: string] {
  if (isChecking) return [words.state.checking, "informative"];
  if (problem) return [words.state.failed, "danger"];
  return status ? [words.state.connected, "success"] : [words.state.checking, "informative"];
}

const problemOf = ({ problem: error, check }: Connected): Problem | undefined =>
  error && { id: problemId, error, retry: () => void check() };

interface Detail {
  readonly label: string;
  readonly value: string;
  /** A line of its own; ids are set in a fixed pitch besides, as they are compared letter by letter. */
  readonly kind?: "wide" | "wide code";
}

function detailsOf({ connection, status, problem }: Connected): Detail[] {
  const { name, environment, expiresAt } = connection;
  return [
    { label: words.name, value: name },
    { label: words.environment, value: environment },
    // After a failure nobody knows whether these still hold.
    ...(status && !problem ? statusDetails(status) : []),
    { label: words.session, value: words.until(readableTime(expiresAt)), kind: "wide" },
  ];
}

const statusDetails = (status: Status): Detail[] => [
  { label: words.response, value: words.milliseconds(status.latency) },
  { label: words.token, value: readableTime(status.expirationTime) },
  { label: words.apiVersion, value: status.version },
  { label: words.gatewayVersion, value: status.gatewayVersion },
  { label: words.customer, value: status.customerId, kind: "wide code" },
  { label: words.clientId, value: status.clientId, kind: "wide code" },
  { label: words.tenant, value: status.tenant, kind: "wide code" },
];

const detailTemplate = html<Detail>`
  <div class="${({ kind }) => kind}">
    <dt>${({ label }) => label}</dt>
    <dd>${({ value }) => value}</dd>
  </div>
`;

export const connectedTemplate = html<Connected>`
  <section aria-labelledby="${headingId}">
    <div class="headline">
      <h2 id="${headingId}" tabindex="-1">${({ connection }) => connection.label}</h2>
      <fluent-badge appearance="tint" shape="rounded" color="${(view) => stateOf(view)[1]}">
        ${(view) => stateOf(view)[0]}
      </fluent-badge>
    </div>
    ${when(isSample, html`<p class="hint">${texts.sample.isSample}</p>`)}
    ${present(problemOf, problemTemplate)}
  </section>
  ${render(({ firstFormula }) => firstFormula, firstFormulaTemplate)}
  <section aria-labelledby="details-heading">
    <h2 id="details-heading">${words.details}</h2>
    ${when(
      ({ status, problem }: Connected) => status ?? problem,
      html<Connected>`<dl>${repeat(detailsOf, detailTemplate)}</dl>`,
      skeletonTemplate,
    )}
    <div class="actions">
      <fluent-button
        ?disabled-focusable="${({ isChecking }) => isChecking}"
        @click="${(view) => void view.check()}"
      >
        ${words.check}
      </fluent-button>
      <fluent-button
        appearance="subtle"
        aria-describedby="disconnect-meaning"
        ?disabled-focusable="${({ isDisconnecting }) => isDisconnecting}"
        @click="${(view) => void view.disconnect()}"
      >
        ${({ isDisconnecting }) => (isDisconnecting ? words.disconnecting : words.disconnect)}
      </fluent-button>
    </div>
    <p class="hint" id="disconnect-meaning">${words.disconnectMeaning}</p>
  </section>
  <section class="another">
    <fluent-button @click="${(view) => view.connectAnother()}">
      ${(view) => (isSample(view) ? words.anotherFromSample : words.another)}
    </fluent-button>
  </section>
`;
