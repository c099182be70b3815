/**
 * A part of the pane that is loaded when first needed, with a placeholder while it loads and a message if loading
 * fails.
 * @module
 */
import { html, type ViewTemplate, when } from "@microsoft/fast-element";
import { reactive } from "@microsoft/fast-element/state.js";
import { KalError } from "../../../kalibrate/errors.ts";
import { focusSoon } from "../common/focus.ts";
import { present } from "../common/present.ts";
import { type Problem, problemTemplate } from "../problem/problem.ts";
import { skeletonTemplate } from "../common/skeleton.ts";
import { texts } from "../texts/pane.ts";

export interface Chunk {
  state: "unloaded" | "loading" | "loaded" | "failed";
  /** Name of the part, for the message that it cannot be loaded. */
  readonly name: string;
  /** Ids on the page: of the message, and of the part's own element. */
  readonly problemId: string;
  readonly placeId: string;
  /** Loads the part, unless it is loaded or loading. */
  readonly load: () => Promise<void>;
}

export interface ChunkOptions<Loaded> extends Pick<Chunk, "name" | "problemId" | "placeId"> {
  readonly load: () => Promise<Loaded>;
  readonly onLoaded: (loaded: Loaded) => void;
}

export function createChunk<Loaded>(options: ChunkOptions<Loaded>): Chunk {
  const { name, problemId, placeId } = options;
  const chunk: Chunk = reactive<Chunk>({
    name,
    problemId,
    placeId,
    state: "unloaded",
    async load() {
      if (chunk.state === "loading" || chunk.state === "loaded") return;
      chunk.state = "loading";
      const loaded = await options.load().then(
        (value) => ({ value }),
        () => undefined,
      );
      chunk.state = loaded ? "loaded" : "failed";
      if (loaded) options.onLoaded(loaded.value);
    },
  });
  return chunk;
}

/** Retries when a person asks for it; moves the focus, because the pressed button has disappeared. */
async function retry(chunk: Chunk): Promise<void> {
  await chunk.load();
  focusSoon(chunk.state === "failed" ? chunk.problemId : chunk.placeId);
}

function problemOf(chunk: Chunk): Problem | undefined {
  if (chunk.state !== "failed") return undefined;
  const error = new KalError("KAL_OFFLINE", { message: texts.notLoaded(chunk.name) });
  return { id: chunk.problemId, error, retry: () => void retry(chunk) };
}

export const chunkTemplate: ViewTemplate<Chunk> = html<Chunk>`
  ${when(({ state }) => state === "loading", skeletonTemplate)} ${present(problemOf, problemTemplate)}
`;
