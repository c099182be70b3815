/**
 * Opens the form to connect. The form is a separate chunk, because people who are connected do not need it. The page
 * around it is shown at once, and the environments are requested while the form loads.
 * @module
 */
import { runtime } from "../../addin.ts";
import { html, render, when } from "@microsoft/fast-element";
import { type Chunk, chunkTemplate, createChunk } from "../chunk/chunk.ts";
import { readPageSettings } from "../../sign-in/page-settings.ts";
import { texts } from "../texts/pane.ts";
import type { ConnectOptions, ShownConnect } from "./connect.ts";
import "./open-connect.css";

interface Frame {
  readonly chunk: Chunk;
  readonly back: (() => void) | undefined;
}

/** Ids on the page. */
const placeId = "connect-form";
const signInPlaceId = "sign-in-place";
const problemId = "connect-not-loaded";

const backButton = html<Frame>`
  <fluent-button id="back" appearance="subtle" size="small" @click="${({ back }) => back?.()}">
    <span slot="start" aria-hidden="true">←</span>
    ${texts.connect.back}
  </fluent-button>
`;

const frameTemplate = html<Frame>`
  ${when(({ back }) => back, backButton, html`<p class="introduction">${texts.connect.introduction}</p>`)}
  ${render(({ chunk }) => chunk, chunkTemplate)}
  <div class="view" id="${signInPlaceId}"></div>
  <div class="view" id="${placeId}" tabindex="-1"></div>
`;

export function openConnect(place: HTMLElement, options: Omit<ConnectOptions, "environments">): ShownConnect {
  let form: ShownConnect | undefined;
  let isOpen = true;
  const { typedCredentials, provider, contact } = readPageSettings();
  let signIn: { dispose(): void } | undefined;
  const environments = runtime.session.listEnvironments();
  // The form shows this error once it is loaded.
  environments.catch(() => undefined);

  const chunk = createChunk({
    name: texts.sections.connection,
    problemId,
    placeId,
    async load() {
      const [form, panel] = await Promise.all([
        typedCredentials ? import("./show-connect.ts") : undefined,
        provider && import("../sign-in/show-sign-in.ts"),
      ]);
      return { showConnect: form?.showConnect, showSignIn: panel?.showSignIn };
    },
    onLoaded({ showConnect, showSignIn }) {
      const element = document.getElementById(placeId);
      const signInPlace = document.getElementById(signInPlaceId);
      if (!isOpen || !element || !signInPlace) return;
      signIn = showSignIn?.(signInPlace, { contact, typedCredentials, onSignedIn: options.onBack });
      form = showConnect?.(element, { ...options, environments });
    },
  });
  const frame = frameTemplate.render({ chunk, back: options.onBack }, place);
  void chunk.load();

  return {
    isTouched: () => form?.isTouched() ?? false,
    dispose() {
      isOpen = false;
      form?.dispose();
      signIn?.dispose();
      frame.dispose();
    },
  };
}
