/**
 * A part of the pane that is loaded when it is first needed: what stands there meanwhile, and what is said where it
 * cannot be loaded.
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
  /** What cannot be loaded, in the person's words. */
  readonly name: string;
  /** Ids on the page: of what is said where it cannot be loaded, and of where it stands otherwise. */
  readonly problemId: string;
  readonly placeId: string;
  /** Loads it, unless it is there or on its way. */
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

/** For a person who waits for it: the button that was pressed is gone. */
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
