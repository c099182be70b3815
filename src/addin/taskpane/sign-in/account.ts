/**
 * The analyst who has signed in: who it is, their roles, and the way out. A chunk: most people type credentials.
 * @module
 */
import { runtime } from "../../addin.ts";
import { html } from "@microsoft/fast-element";
import type { Analyst } from "../../../kalibrate/gateway-api.ts";
import { asKalError } from "../../runtime/as-kal-error.ts";
import { readPageSettings } from "../../sign-in/page-settings.ts";
import { present } from "../common/present.ts";
import { say } from "../notices/notices.ts";
import { texts } from "../texts/sign-in.ts";

const words = texts.account;

const nameOf = ({ name }: Analyst) => name ?? words.unnamed;

async function signAgain(): Promise<void> {
  try {
    const { signIn } = await runtime.session.loadSignIn();
    const { analyst } = await signIn();
    if (analyst) say(texts.signedIn(nameOf(analyst)));
  } catch (error) {
    const { message, hint } = asKalError(error);
    say(`${message} ${hint}`);
  }
}

async function signOut(): Promise<void> {
  const { signOut: leave } = await runtime.session.loadSignIn();
  const left = leave();
  say(words.signedOut);
  await left.catch(() => say(words.signedOutHereOnly));
}

const meaningId = "sign-out-meaning";

export const accountTemplate = html<Analyst>`
  <section class="card account" aria-labelledby="account-heading">
    <h2 id="account-heading">${(analyst) => words.heading(nameOf(analyst))}</h2>
    <p class="hint">${({ roles }) => words.roles(roles)}</p>
    ${present(
      () => readPageSettings().contact,
      html<string>`<p class="hint">${(contact) => words.contact(contact)}</p>`,
    )}
    <p class="hint" id="${meaningId}">${words.signOutMeaning}</p>
    <div class="actions">
      <fluent-button size="small" @click="${() => void signAgain()}">${words.again}</fluent-button>
      <fluent-button size="small" aria-describedby="${meaningId}" @click="${() => void signOut()}">
        ${words.signOut}
      </fluent-button>
    </div>
  </section>
`;
