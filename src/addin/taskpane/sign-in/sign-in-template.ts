/**
 * Template for signing in: one button, and whom to ask.
 * @module
 */
import { html, when } from "@microsoft/fast-element";
import { present } from "../common/present.ts";
import { type Problem, problemTemplate } from "../problem/problem.ts";
import { texts } from "../texts/sign-in.ts";
import { buttonId, problemId, type SignInPanel } from "./sign-in-panel.ts";

const headingId = "sign-in-heading";

const problemOf = ({ problem: error, signIn }: SignInPanel): Problem | undefined =>
  error && { id: problemId, error, retry: () => void signIn() };

const isAsking = ({ state }: SignInPanel) => state === "asking";

const labels = { checking: texts.checking, idle: texts.submit, asking: texts.asking };

export const signInTemplate = html<SignInPanel>`
  <section class="sign-in" aria-labelledby="${headingId}">
    <h2 id="${headingId}">${texts.heading}</h2>
    <p class="hint">${texts.explained}</p>
    ${present(problemOf, problemTemplate)}
    <div class="actions">
      <fluent-button
        id="${buttonId}"
        appearance="primary"
        ?disabled-focusable="${isAsking}"
        @click="${(panel) => void panel.signIn()}"
      >
        ${({ state }) => labels[state]}
      </fluent-button>
      ${when(
        isAsking,
        html<SignInPanel>`
          <fluent-button @click="${(panel) => panel.cancel()}">${texts.cancel}</fluent-button>
        `,
      )}
    </div>
    ${present(
      ({ contact }: SignInPanel) => contact,
      html<string>`<p class="hint">${(contact) => texts.contact(contact)}</p>`,
    )}
    ${when(({ typedCredentials }) => typedCredentials, html`<hr />`)}
  </section>
`;
