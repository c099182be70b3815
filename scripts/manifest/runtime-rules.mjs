/**
 * Rules for the shared runtime, which makes pane, ribbon and functions one page instead of three.
 * @module
 */
import { when } from "./finding.mjs";
import { all, child } from "./read-manifest.mjs";
import { resolve, value } from "./resources.mjs";

/** @type {import("./finding.mjs").Rule[]} */
export const runtimeRules = [
  {
    id: "version-overrides",
    says: "exactly one VersionOverrides 1.0 (1.1 is for Outlook only)",
    check: (root) =>
      all(root, "VersionOverrides").flatMap((element, index) =>
        when(
          index > 0 ||
            element.type !== "VersionOverridesV1_0" ||
            element.namespace !== "http://schemas.microsoft.com/office/taskpaneappversionoverrides",
          element,
          "use one VersionOverrides of xsi:type VersionOverridesV1_0 in the namespace of task pane add-ins",
        ),
      ),
  },
  {
    id: "one-runtime",
    says: "exactly one Runtime, with a long lifetime, which makes it shared",
    check: (root) =>
      all(root, "Runtime").flatMap((element, index) =>
        when(
          index > 0 || element.attributes["lifetime"] !== "long",
          element,
          'use one Runtime, with lifetime="long"',
        ),
      ),
  },
  {
    id: "one-page",
    says: "Runtime, Page, FunctionFile and the ribbon button name the same page, or Excel starts a second runtime",
    check: (root) => {
      const runtime = all(root, "Runtime")[0];
      if (!runtime) return [];
      const resid = runtime.attributes["resid"];
      const page = resolve(root, runtime);
      return [
        ...[
          ...all(root, "Page").flatMap((element) => element.children),
          ...all(root, "FunctionFile"),
          ...all(root, "Action").flatMap((element) => all(element, "SourceLocation")),
        ].flatMap((element) =>
          when(element.attributes["resid"] !== resid, element, `must have the Runtime's resid "${resid}"`),
        ),
        ...(child(root, "DefaultSettings")?.children ?? []).flatMap((element) =>
          when(value(element) !== page, element, `must be the Runtime's page, ${page}`),
        ),
      ];
    },
  },
  {
    id: "no-taskpane-id",
    says: "no TaskpaneId: it would open a separate pane next to the shared runtime",
    check: (root) => all(root, "TaskpaneId").map((element) => ({ element, message: "remove it" })),
  },
  {
    id: "requirements",
    says: "SharedRuntime 1.1 is required at the top level, so that clients without it do not offer the add-in",
    check: (root) => {
      const top = child(root, "Requirements");
      const asked =
        top &&
        all(top, "Set").some(
          (set) => set.attributes["Name"] === "SharedRuntime" && set.attributes["MinVersion"] === "1.1",
        );
      const inner = child(child(root, "VersionOverrides"), "Requirements");
      return [
        ...when(!asked, top ?? root, "the top-level Requirements must name SharedRuntime 1.1"),
        ...when(inner !== undefined, inner ?? root, "Requirements belong to the top level"),
      ];
    },
  },
  {
    id: "namespace",
    says: "the functions' namespace is valid in formulas",
    check: (root) =>
      all(root, "Namespace").flatMap((element) => {
        const namespace = resolve(root, element);
        return when(
          !/^[A-Za-z][A-Za-z0-9_]*$/.test(namespace),
          element,
          `"${namespace}" must be a letter and then letters, digits or _`,
        );
      }),
  },
];
