/**
 * Entry of the chunk with the form to connect, including its Fluent elements.
 * @module
 */
import { runtime } from "../../addin.ts";
import "@fluentui/web-components/checkbox.js";
import "@fluentui/web-components/compound-button.js";
import { createConnect, isTouched, problemId, type ShowConnect } from "./connect.ts";
import { connectTemplate } from "./connect-template.ts";

export const showConnect: ShowConnect = (place, options) => {
  const model = createConnect(options);
  const view = connectTemplate.render(model, place);
  void (options.current ? model.loadAndFocus() : model.load());
  // Retries by itself when the service is back.
  const stop = runtime.reachability.onChange(() => {
    if (!runtime.reachability.isReachable() || !model.listProblem) return;
    const hasFocus = document.getElementById(problemId)?.contains(document.activeElement);
    void (hasFocus ? model.loadAndFocus() : model.load());
  });
  return {
    isTouched: () => isTouched(model),
    dispose() {
      stop();
      view.dispose();
    },
  };
};
