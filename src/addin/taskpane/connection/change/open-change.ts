/**
 * The collapsed part that changes a connection; its code is loaded when it is opened.
 * @module
 */
import { html, render } from "@microsoft/fast-element";
import { type Chunk, chunkTemplate, createChunk } from "../../chunk/chunk.ts";
import { texts } from "../../texts/connection.ts";

const words = texts.change;
const placeId = "change-place";

export interface ChangeOffer {
  readonly chunk: Chunk;
}

export function createChangeOffer(): ChangeOffer {
  return {
    chunk: createChunk({
      name: words.heading,
      problemId: "change-not-loaded",
      placeId,
      load: async () => (await import("./show-change.ts")).showChange,
      onLoaded(showChange) {
        const place = document.getElementById(placeId);
        if (place) showChange(place);
      },
    }),
  };
}

export const changeOfferTemplate = html<ChangeOffer>`
  <details class="card" id="change-connection" @toggle="${({ chunk }) => void chunk.load()}">
    <summary>${words.heading}</summary>
    ${render(({ chunk }) => chunk, chunkTemplate)}
    <div id="${placeId}" tabindex="-1"></div>
  </details>
`;
