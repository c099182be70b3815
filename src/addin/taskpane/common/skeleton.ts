/**
 * What stands where something will come. It is seen only after 300 ms (the style sheet delays it), so that a quick
 * answer does not flicker.
 * @module
 */
import { html } from "@microsoft/fast-element";

export const skeletonTemplate = html`
  <div class="skeleton" aria-hidden="true"><span></span><span></span><span></span><span></span></div>
`;
