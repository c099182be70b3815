/**
 * Replaces the client secret of a connection after checking the new one.
 * @module
 */
import { runtime } from "../../addin.ts";
import { html, repeat } from "@microsoft/fast-element";
import { reactive } from "@microsoft/fast-element/state.js";
import type { KalError } from "../../../kalibrate/errors.ts";
import { asKalError } from "../../runtime/as-kal-error.ts";
import type { HeldConnection } from "../../runtime/session/connection-store.ts";
import { keepSecretExpiry } from "../../runtime/session/secret-expiry.ts";
import { announce } from "../common/announce.ts";
import {
  completeField,
  createFieldState,
  fieldId,
  refuseValue,
  type FieldState,
} from "../connect/field-state.ts";
import { fieldTemplate } from "../connect/field-template.ts";
import { expiryField, secretField } from "../connect/fields.ts";
import { focusSoon } from "../common/focus.ts";
import { lookAtClock } from "../notices/notices.ts";
import { present } from "../common/present.ts";
import { type Problem, problemTemplate } from "../problem/problem.ts";
import { texts } from "../texts/connection.ts";

const words = texts.newSecret;
const problemId = "new-secret-problem";
const headingId = "new-secret-heading";

export interface NewSecret {
  readonly fields: readonly FieldState[];
  /** Set while the secret is being checked. */
  waitingFor: "secret" | undefined;
  /** A failure that another secret would not resolve. */
  problem: KalError | undefined;
  readonly submit: () => Promise<void>;
  readonly cancel: () => void;
}

export interface NewSecretOptions {
  readonly connection: HeldConnection;
  readonly onReplaced: () => void;
  readonly onCancelled: () => void;
}

/** Opens the form with the focus in its field. */
export function createNewSecret({ connection, onReplaced, onCancelled }: NewSecretOptions): NewSecret {
  const attempt = new AbortController();
  const field = createFieldState(secretField);
  const expiry = createFieldState(expiryField);
  const view: NewSecret = reactive<NewSecret>({
    fields: [field, expiry],
    waitingFor: undefined,
    problem: undefined,

    async submit() {
      if (view.waitingFor) return;
      const [wrong] = view.fields.filter((field) => !completeField(field));
      if (wrong) return focusSoon(fieldId(wrong));
      view.waitingFor = "secret";
      view.problem = undefined;
      announce(words.checking);
      try {
        const body = { clientSecret: field.value };
        const { signal } = attempt;
        await runtime.session.callAs(connection, { method: "PUT", path: "/session/secret", body, signal });
        // The expiry day of the old secret does not apply to the new one.
        keepSecretExpiry(connection.name, expiry.value || undefined);
        lookAtClock();
        onReplaced();
      } catch (error) {
        if (!attempt.signal.aborted) showFailure(asKalError(error));
      } finally {
        view.waitingFor = undefined;
      }
    },

    cancel() {
      attempt.abort();
      onCancelled();
    },
  });
  focusSoon(fieldId(field));
  return view;

  function showFailure(error: KalError): void {
    announce("");
    if (field.codes.includes(error.code)) {
      refuseValue(field, error);
      focusSoon(fieldId(field));
    } else {
      view.problem = error;
      focusSoon(problemId);
    }
  }
}

const isWaiting = ({ waitingFor }: NewSecret) => waitingFor !== undefined;

const problemOf = ({ problem: error, submit }: NewSecret): Problem | undefined =>
  error && { id: problemId, error, retry: () => void submit() };

/** Enter does not submit a form whose button is a custom element (WICG/webcomponents 814). */
function sendOnEnter(view: NewSecret, { event }: { event: Event }): boolean {
  const isEnter = (event as KeyboardEvent).key === "Enter" && event.target instanceof HTMLInputElement;
  if (isEnter) void view.submit();
  return !isEnter;
}

export const newSecretTemplate = html<NewSecret>`
  <form
    class="card"
    novalidate
    aria-labelledby="${headingId}"
    @submit="${(view) => void view.submit()}"
    @keydown="${sendOnEnter}"
  >
    <h3 id="${headingId}">${words.heading}</h3>
    ${repeat(({ fields }: NewSecret) => fields, fieldTemplate(isWaiting))}
    ${present(problemOf, problemTemplate)}
    <div class="actions">
      <fluent-button type="submit" appearance="primary" ?disabled-focusable="${isWaiting}">
        ${({ waitingFor }) => (waitingFor ? words.checking : words.submit)}
      </fluent-button>
      <fluent-button @click="${(view) => view.cancel()}">${words.cancel}</fluent-button>
    </div>
  </form>
`;
