/**
 * Template of the pause notice.
 * @module
 */
import { html, when } from "@microsoft/fast-element";
import { texts } from "../texts/pane.ts";
import type { PauseNotice } from "./pause-notice.ts";

export const pauseTemplate = html<PauseNotice>`
  ${when(
    ({ isPaused }) => isPaused,
    html<PauseNotice>`
      <fluent-message-bar class="notice" intent="warning">
        <p>${({ waiting }) => texts.pause.paused(waiting)}</p>
        <fluent-button class="retry" size="small" @click="${(view) => void view.resume()}"
          >${texts.pause.resume}</fluent-button
        >
      </fluent-message-bar>
    `,
  )}
`;
