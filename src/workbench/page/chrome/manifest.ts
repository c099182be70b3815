/**
 * The ribbon as the add-in's manifest describes it.
 * @module
 */

export interface RibbonGroup {
  readonly label: string;
  readonly controls: readonly RibbonControl[];
}

export interface RibbonControl {
  readonly id: string;
  readonly label: string;
  readonly tip: string;
  /** The smallest icon, under this origin. */
  readonly icon: string;
  /** A menu has items in place of an action. */
  readonly action?: RibbonAction;
  readonly items?: readonly RibbonControl[];
}

export type RibbonAction =
  { readonly type: "ShowTaskpane" } | { readonly type: "ExecuteFunction"; readonly functionName: string };

/** @param xml the manifest @returns the groups of the ribbon, in the manifest's order */
export function readRibbon(xml: string): RibbonGroup[] {
  const manifest = new DOMParser().parseFromString(xml, "text/xml");
  // The names are the same in every namespace that a manifest uses.
  const all = (within: ParentNode, name: string) =>
    [...within.querySelectorAll("*")].filter(({ localName }) => localName === name);
  const child = (element: Element | undefined, name: string) =>
    [...(element?.children ?? [])].find(({ localName }) => localName === name);
  const resource = (element: Element | undefined) => {
    const id = element?.getAttribute("resid") ?? "";
    return manifest.getElementById(id)?.getAttribute("DefaultValue") ?? "";
  };
  const type = (element: Element | undefined) =>
    [...(element?.attributes ?? [])].find(({ localName }) => localName === "type")?.value;

  function control(element: Element): RibbonControl {
    const images = [...(child(element, "Icon")?.children ?? [])];
    images.sort((a, b) => Number(a.getAttribute("size")) - Number(b.getAttribute("size")));
    const action = child(element, "Action");
    const items = child(element, "Items");
    return {
      id: element.id,
      label: resource(child(element, "Label")),
      tip: resource(child(child(element, "Supertip"), "Description")),
      icon: pathOf(resource(images[0])),
      ...(action && { action: actionOf(type(action), child(action, "FunctionName")?.textContent ?? "") }),
      ...(items && { items: [...items.children].map(control) }),
    };
  }

  const surface = all(manifest, "ExtensionPoint").find((point) => type(point) === "PrimaryCommandSurface");
  if (!surface) return [];
  return all(surface, "Group").map((group) => ({
    label: resource(child(group, "Label")),
    controls: [...group.children].filter(({ localName }) => localName === "Control").map(control),
  }));
}

function actionOf(type: string | undefined, functionName: string): RibbonAction {
  return type === "ExecuteFunction" ? { type, functionName } : { type: "ShowTaskpane" };
}

/** The manifest names the address of a deployment; here everything comes from this origin. */
function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname : url;
}
