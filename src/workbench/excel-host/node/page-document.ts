/**
 * The parts of `document` that office.js and a bundler's chunk loader use: scripts, without rendering.
 * @module
 */

export interface ScriptElement {
  readonly tagName: "SCRIPT";
  src: string;
  onload?: ((event: { type: "load"; target: ScriptElement }) => void) | null;
  onerror?: ((event: { type: "error"; target: ScriptElement }) => void) | null;
  getAttribute(name: string): string | null;
}

export interface PageDocument {
  /** The page's `document`. */
  readonly document: Record<string, unknown> & {
    readonly documentElement: { readonly dataset: Record<string, string> };
  };
  /** A script element that is in the page from the start. */
  readonly addScript: (src: string) => ScriptElement;
  /** Runs code with that element as document.currentScript, because bundles read their own address from it. */
  readonly runAs: (script: ScriptElement, code: () => void) => void;
  /** Ends loading: fires DOMContentLoaded and the events that follow. */
  readonly finishLoading: () => void;
}

type Listener = (event: { type: string }) => void;

/** addEventListener and its companions, for document and window. */
export function createEventTarget() {
  const listeners = new Map<string, Set<Listener>>();
  return {
    addEventListener: (type: string, listener: Listener) =>
      void listeners.set(type, (listeners.get(type) ?? new Set()).add(listener)),
    removeEventListener: (type: string, listener: Listener) => void listeners.get(type)?.delete(listener),
    dispatchEvent: (event: { type: string }) => {
      for (const listener of [...(listeners.get(event.type) ?? [])]) listener(event);
      return true;
    },
  };
}

/** @param onScript called with every script element that the page's code adds */
export function createPageDocument(onScript: (script: ScriptElement) => void): PageDocument {
  const scripts: ScriptElement[] = [];
  const target = createEventTarget();

  function createElement(tag: string): Record<string, unknown> {
    const element: Record<string, unknown> = {
      tagName: tag.toUpperCase(),
      style: {},
      setAttribute: (name: string, value: unknown) => {
        element[name] = String(value);
      },
      getAttribute: (name: string) => (typeof element[name] === "string" ? element[name] : null),
      appendChild: (child: Record<string, unknown>) => {
        child.parentNode = element;
        if (child.tagName === "SCRIPT") {
          scripts.push(child as unknown as ScriptElement);
          onScript(child as unknown as ScriptElement);
        }
        return child;
      },
      removeChild: (child: unknown) => child,
    };
    return element;
  }

  const head = createElement("head");
  const body = createElement("body");
  const elements: Record<string, unknown> = { script: scripts, head: [head], body: [body] };
  const document: PageDocument["document"] = {
    ...target,
    readyState: "loading",
    // Nothing is rendered, so a page that waits until it is visible keeps waiting.
    visibilityState: "hidden",
    currentScript: null,
    head,
    body,
    documentElement: { ...createElement("html"), dataset: {} },
    createElement,
    createTextNode: (data: string) => ({ data }),
    getElementsByTagName: (tag: string) => elements[tag.toLowerCase()] ?? [],
    getElementById: () => null,
    querySelector: () => null,
    querySelectorAll: () => [],
  };
  return {
    document,
    addScript(src) {
      const script = createElement("script") as unknown as ScriptElement;
      script.src = src;
      scripts.push(script);
      return script;
    },
    runAs(script, code) {
      document.currentScript = script;
      try {
        code();
      } finally {
        document.currentScript = null;
      }
    },
    finishLoading() {
      document.readyState = "interactive";
      target.dispatchEvent({ type: "DOMContentLoaded" });
      document.readyState = "complete";
    },
  };
}
