/**
 * Template of one connection: its state, its details, its secret, and Disconnect.
 * @module
 */
import { html, repeat, when } from "@microsoft/fast-element";
import type { Status } from "../../../kalibrate/gateway-api.ts";
import { fieldTemplate } from "../connect/field-template.ts";
import { notices } from "../notices/notices.ts";
import { present } from "../common/present.ts";
import { type Problem, problemTemplate } from "../problem/problem.ts";
import { skeletonTemplate } from "../common/skeleton.ts";
import { texts } from "../texts/connection.ts";
import { readableTime } from "../common/times.ts";
import { type Connected, headingId, hasOwnSecret, isSample, problemId } from "./connected.ts";
import type { Connections } from "./connections.ts";
import { newSecretTemplate } from "./new-secret.ts";

const words = texts.connection;

/** Text and colour of the badge. */
function stateOf({ problem, status, isChecking }: Connected): readonly [text: string, colour: string] {
  if (isChecking) return [words.state.checking, "informative"];
  if (notices.isOffline) return [words.state.offline, "warning"];
  if (problem) return [words.state.failed, "danger"];
  return status ? [words.state.connected, "success"] : [words.state.checking, "informative"];
}

const problemOf = ({ connection, problem: error, check }: Connected): Problem | undefined =>
  error && { id: problemId(connection.name), error, retry: () => void check() };

interface Detail {
  readonly label: string;
  readonly value: string;
  /** `wide`: on its own line; `code`: monospaced, because people compare ids letter by letter. */
  readonly kind?: "wide" | "wide code";
}

function detailsOf({ connection, status, problem }: Connected): Detail[] {
  const { name, environment, expiresAt } = connection;
  return [
    { label: words.name, value: name },
    { label: words.environment, value: environment },
    // After a failure these details may be out of date.
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

const expiryTemplate = html<Connected>`
  ${repeat(({ expiry }: Connected) => [expiry], fieldTemplate<Connected>())}
`;

const useButton = html<Connected>`
  <fluent-button @click="${(view) => view.use()}">${words.use}</fluent-button>
`;

const newSecretButton = html<Connected>`
  <fluent-button @click="${(view) => view.askForSecret()}">${texts.newSecret.open}</fluent-button>
`;

const hasOthers = ({ all }: Connections) => all.length > 1;

const meaningId = ({ connection }: Connected) => `disconnect-meaning-${connection.name}`;

const disconnectBar = html<Connected>`
  <div class="bar">
    <p class="hint" id="${meaningId}">${words.disconnectMeaning}</p>
    <fluent-button
      size="small"
      aria-describedby="${meaningId}"
      ?disabled-focusable="${({ isDisconnecting }) => isDisconnecting}"
      @click="${(view) => void view.disconnect()}"
    >
      ${({ isDisconnecting }) => (isDisconnecting ? words.disconnecting : words.disconnect)}
    </fluent-button>
  </div>
`;

const aboutTemplate = html<string>`<p>${(about) => about}</p>`;
const openedByTemplate = html<readonly string[]>`<p class="hint">${(roles) => words.openedBy(roles)}</p>`;

export const connectedTemplate = html<Connected, Connections>`
  <section aria-labelledby="${({ connection }) => headingId(connection.name)}">
    <div class="headline">
      <h2 id="${({ connection }) => headingId(connection.name)}" tabindex="-1">
        ${({ connection }) => connection.label}
      </h2>
      <fluent-badge appearance="tint" shape="rounded" color="${(view) => stateOf(view)[1]}">
        ${(view) => stateOf(view)[0]}
      </fluent-badge>
    </div>
    ${present(({ connection }: Connected) => connection.description, aboutTemplate)}
    ${present(({ connection }: Connected) => connection.roles, openedByTemplate)}
    ${when(({ isOwn }, { parent }) => isOwn && hasOthers(parent), html`<p class="hint">${words.isUsed}</p>`)}
    ${when(isSample, html`<p class="hint">${texts.isSample}</p>`)} ${present(problemOf, problemTemplate)}
    <details ?open="${(view, { parent }) => !isSample(view) && !hasOthers(parent)}">
      <summary>${words.details}</summary>
      <div class="details">
        ${when(
          ({ status, problem }: Connected) => status ?? problem,
          html<Connected>`<dl>${repeat(detailsOf, detailTemplate)}</dl>`,
          skeletonTemplate,
        )}
        ${when<Connected>((view) => hasOwnSecret(view) && !view.newSecret, expiryTemplate)}
      </div>
    </details>
    ${present(({ newSecret }: Connected) => newSecret, newSecretTemplate)}
    <div class="actions">
      ${when(({ isOwn }) => !isOwn, useButton)}
      <fluent-button
        ?disabled-focusable="${({ isChecking }) => isChecking}"
        @click="${(view) => void view.check()}"
      >
        ${words.check}
      </fluent-button>
      ${when<Connected>((view) => hasOwnSecret(view) && !view.newSecret, newSecretButton)}
    </div>
    ${when<Connected>(({ connection }) => !connection.analyst, disconnectBar)}
  </section>
`;
