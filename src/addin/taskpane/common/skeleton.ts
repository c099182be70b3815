/**
 * Placeholder for content that is loading. The style sheet delays it by 300 ms, so that a quick answer does not
 * flicker.
 * @module
 */
import { html } from "@microsoft/fast-element";

export const skeletonTemplate = html`
  <div class="skeleton" aria-hidden="true"><span></span><span></span><span></span><span></span></div>
`;
