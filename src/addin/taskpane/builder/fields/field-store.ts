/**
 * Loads the fields of collections, once each, and caches them while the builder is open.
 * @module
 */
import { reactive } from "@microsoft/fast-element/state.js";
import type { KalError } from "../../../../kalibrate/errors.ts";
import { asKalError } from "../../../runtime/as-kal-error.ts";
import type { FieldsRequest, FieldSummary } from "../../../../kalibrate/gateway-api.ts";
import type { HeldConnection } from "../../../runtime/session/connection-store.ts";
import { askFields } from "../ask.ts";
import { createLatest, pause, typingPause } from "../latest.ts";

export interface FieldStore {
  /** By collection: `price`, `reference/Brand`. Replaced at each change. */
  known: ReadonlyMap<string, readonly FieldSummary[]>;
  /** Why the collection's own fields could not be loaded. */
  problem: KalError | undefined;
  isLoading: boolean;
  /**
   * Loads a collection's own fields, replacing the ones shown: of another collection at once, otherwise after a pause in
   * typing.
   */
  readonly load: (request: FieldsRequest) => Promise<void>;
  /** Loads the fields of a referenced record. If that fails, the catalogue's are shown. */
  readonly loadBehind: (collection: string) => Promise<void>;
  readonly stop: () => void;
}

export function createFieldStore(connection: () => HeldConnection): FieldStore {
  const latest = createLatest();
  let signal = latest.begin();
  let loaded = "";
  let loadedCollection = "";

  const store: FieldStore = reactive<FieldStore>({
    known: new Map<string, readonly FieldSummary[]>(),
    problem: undefined,
    isLoading: false,

    async load(request) {
      const wanted = JSON.stringify([request, connectionName()]);
      if (wanted === loaded && !store.problem) return;
      // Chosen from a list; stepping on through the list counts as typing.
      const isChosen = request.collection !== loadedCollection && !store.isLoading;
      loaded = wanted;
      loadedCollection = request.collection;
      signal = latest.begin();
      const mine = signal;
      store.problem = undefined;
      store.isLoading = true;
      try {
        if (!isChosen) await pause(typingPause, mine);
        const { fields } = await askFields({ connection: connection(), signal: mine }, request);
        store.known = new Map([[request.collection, fields]]);
      } catch (error) {
        if (mine.aborted) return;
        store.problem = asKalError(error);
      }
      store.isLoading = false;
    },

    async loadBehind(collection) {
      if (store.known.has(collection)) return;
      try {
        const { fields } = await askFields({ connection: connection(), signal }, { collection });
        store.known = new Map([...store.known, [collection, fields]]);
      } catch {
        // The catalogue's list stays; only the examples are missing.
      }
    },

    stop: latest.stop,
  });
  return store;

  function connectionName(): string {
    try {
      return connection().name;
    } catch {
      return "";
    }
  }
}
