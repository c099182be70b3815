/**
 * State of the form to connect: the environments, the entered settings, and the attempt to connect.
 * @module
 */
import { runtime } from "../../addin.ts";
import { reactive } from "@microsoft/fast-element/state.js";
import type { KalError } from "../../../kalibrate/errors.ts";
import { asKalError } from "../../runtime/as-kal-error.ts";
import type {
  ConnectAnswer,
  ConnectionSummary,
  ConnectRequest,
  EnvironmentSummary,
} from "../../../kalibrate/gateway-api.ts";
import { connect } from "../../runtime/session/connect.ts";
import { outlivesPage } from "../../runtime/session/connection-store.ts";
import { keepSecretExpiry, secretExpiry } from "../../runtime/session/secret-expiry.ts";
import { announce } from "../common/announce.ts";
import { focusSoon } from "../common/focus.ts";
import { lookAtClock } from "../notices/notices.ts";
import { texts } from "../texts/connect.ts";
import { checkExpiry, type Finding } from "./checks.ts";
import { completeField, createFieldState, fieldId, type FieldState, refuseValue } from "./field-state.ts";
import { expiryField, type Field, labelField, requiredFields } from "./fields.ts";
import { NameTakenError } from "../../runtime/session/name-taken.ts";
import { sayTaken, takenName } from "./taken-name.ts";
import { readLastSettings, writeLastSettings } from "./last-settings.ts";

/**
 * The choice “own base URL”. No environment can have this id, because a colon ends the connection's name in formulas.
 */
export const otherEnvironment = ":other";

/** Ids on the page. */
export const headingId = "connect-heading";
export const sampleId = "try-sample";
export const environmentId = "environment";
export const submitId = "connect";
export const problemId = "connect-problem";

/** The two ways to connect. */
export type Way = "sample" | "settings";

export interface Connect {
  /** The environments of the gateway; undefined until it has answered. */
  environments: readonly EnvironmentSummary[] | undefined;
  /** Why they could not be loaded. */
  listProblem: KalError | undefined;
  /** Id of the chosen environment, or `otherEnvironment`. */
  environment: string;
  readonly fields: readonly FieldState[];
  remember: boolean;
  waitingFor: Way | undefined;
  /** A failure that does not belong to a single field. */
  problem: { readonly of: Way; readonly error: KalError } | undefined;
  /** The connection that stays in use until a new one is made. */
  readonly current: ConnectionSummary | undefined;
  /** Name of the connection to make again. */
  readonly again: string | undefined;
  readonly load: () => Promise<void>;
  /** Loads again when a person asks for it; moves the focus, because the pressed button has disappeared. */
  readonly loadAndFocus: () => Promise<void>;
  readonly choose: (environment: string) => void;
  readonly trySample: () => Promise<void>;
  readonly submit: () => Promise<void>;
  readonly cancel: () => void;
}

export interface ConnectOptions {
  readonly current?: ConnectionSummary | undefined;
  /** Returns to the connection that stays in use. */
  readonly onBack?: () => void;
  /** Name of a connection that ends or has ended: its settings are filled in. */
  readonly again?: string | undefined;
  /** The initially chosen environment. */
  readonly environment?: string | undefined;
  /** The environments, if they have already been requested. */
  readonly environments?: Promise<readonly EnvironmentSummary[]>;
  readonly onConnected: (answer: ConnectAnswer) => void;
}

/** The form on the page. */
export interface ShownConnect {
  /** Whether the person has entered something that closing would lose. */
  readonly isTouched: () => boolean;
  readonly dispose: () => void;
}

/** Shows the form inside an element of its own. */
export type ShowConnect = (place: HTMLElement, options: ConnectOptions) => ShownConnect;

export function createConnect(options: ConnectOptions): Connect {
  const last = readLastSettings(options.again);
  let { environments: asked } = options;
  let attempt: AbortController | undefined;
  const expiry = createField(expiryField);
  const label = createField(labelField);
  // The first connection does not need a name.
  label.isAsked = options.current !== undefined || label.value !== "";

  const view: Connect = reactive<Connect>({
    environments: undefined,
    listProblem: undefined,
    environment: "",
    fields: [...requiredFields.map(createField), expiry, label],
    remember: last.remember,
    waitingFor: undefined,
    problem: undefined,
    current: options.current,
    again: options.again,

    async load() {
      view.listProblem = undefined;
      const listed = asked ?? runtime.session.listEnvironments();
      // A retry requests them again.
      asked = undefined;
      try {
        view.environments = await listed;
        view.choose(firstChoice());
      } catch (error) {
        view.listProblem = asKalError(error);
      }
    },

    async loadAndFocus() {
      await view.load();
      focusSoon(view.listProblem ? problemId : offeredSample(view) ? sampleId : environmentId);
    },

    choose(environment) {
      view.environment = environment;
      view.problem = undefined;
      const tenant = view.environments?.find(({ id }) => id === environment)?.tenant;
      for (const field of view.fields) {
        field.problem = undefined;
        if (field.name === "apiBaseUrl") field.isAsked = environment === otherEnvironment;
        // A finding about a typed tenant does not apply to the fixed one.
        if (field.name === "tenant") Object.assign(field, { fixedValue: tenant, finding: undefined });
      }
    },

    async trySample() {
      const sample = offeredSample(view);
      if (sample) await attemptWith("sample", { environment: sample.id });
    },

    async submit() {
      if (view.waitingFor) return;
      const wrong = view.fields.filter((field) => !completeField(field));
      if (wrong[0]) return focusSoon(fieldId(wrong[0]));
      const request = requestOf(view);
      const finding = takenName(request);
      if (finding) return showTaken(finding);
      await attemptWith("settings", request);
    },

    cancel() {
      const waitedFor = view.waitingFor;
      attempt?.abort();
      announce(texts.connect.cancelled);
      focusSoon(waitedFor === "sample" ? sampleId : submitId);
    },
  });
  return view;

  function createField(field: Field): FieldState {
    return createFieldState(field, { value: last[field.name] });
  }

  /** The secret has just worked. If no expiry day was entered, a stored day in the past belonged to another secret. */
  function keepSettings(name: string, request: ConnectRequest): void {
    writeLastSettings(name, request);
    const { value, isTouched } = expiry;
    const known = secretExpiry(name);
    if (value === "" && !isTouched && !(known !== undefined && checkExpiry(known))) return;
    keepSecretExpiry(name, value || undefined);
    lookAtClock();
  }

  function firstChoice(): string {
    const ids = typedEnvironments(view).map(({ id }) => id);
    const preferred = options.environment ?? (last.apiBaseUrl ? otherEnvironment : last.environment);
    return [...ids, otherEnvironment].find((id) => id === preferred) ?? ids[0] ?? otherEnvironment;
  }

  /** One attempt at a time, however often it is called. @returns whether it connected. */
  async function attemptWith(way: Way, request: ConnectRequest): Promise<boolean> {
    if (view.waitingFor) return false;
    attempt = new AbortController();
    view.waitingFor = way;
    view.problem = undefined;
    announce(way === "sample" ? texts.sample.connecting : texts.connect.connecting);
    try {
      const answer = await connect(runtime.session.connectParts, request, attempt.signal);
      forgetSecret();
      if (way === "settings") keepSettings(answer.connection.name, request);
      options.onConnected(answer);
      return true;
    } catch (error) {
      if (attempt.signal.aborted) return false;
      if (way === "settings" && error instanceof NameTakenError) showTaken(sayTaken(error.taken));
      else showFailure(way, asKalError(error));
      return false;
    } finally {
      view.waitingFor = undefined;
    }
  }

  /** Asks for a name, which the form hides for the first connection. */
  function showTaken(finding: Finding): void {
    announce("");
    Object.assign(label, { isAsked: true, finding });
    focusSoon(fieldId(label));
  }

  function showFailure(way: Way, error: KalError): void {
    announce("");
    const field =
      way === "settings" ? view.fields.find(({ codes }) => codes.includes(error.code)) : undefined;
    if (field?.isAsked && field.fixedValue === undefined) {
      refuseValue(field, error);
      focusSoon(fieldId(field));
    } else {
      view.problem = { of: way, error };
      focusSoon(problemId);
    }
  }

  function forgetSecret(): void {
    for (const field of view.fields) {
      if (field.isSecret) Object.assign(field, { value: "", isRevealed: false });
    }
  }
}

/** The environment that needs no settings, if the gateway has one and it is not in use. */
export function offeredSample({ environments, current }: Connect): EnvironmentSummary | undefined {
  return environments?.find(
    ({ id, needsCredentials }) => id === "sample" && !needsCredentials && id !== current?.environment,
  );
}

/** The environments that need settings. */
export function typedEnvironments({ environments }: Connect): readonly EnvironmentSummary[] {
  return environments?.filter(({ needsCredentials }) => needsCredentials) ?? [];
}

/** Whether the person has entered something that closing would lose. */
export function isTouched({ fields, waitingFor }: Connect): boolean {
  return waitingFor !== undefined || fields.some((field) => field.isTouched);
}

function requestOf({ fields, environment, remember }: Connect): ConnectRequest {
  const typed = fields.filter(
    ({ isAsked, isOwn, fixedValue }) => isAsked && !isOwn && fixedValue === undefined,
  );
  return {
    ...(environment !== otherEnvironment && { environment }),
    ...Object.fromEntries(typed.map(({ name, value }) => [name, value])),
    remember: remember && outlivesPage(),
  };
}
