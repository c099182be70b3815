/**
 * Reads the add-in's commands from its manifest.
 * @module
 */

export interface AddinManifest {
  /** The groups of the ribbon, in the manifest's order. */
  readonly ribbon: readonly RibbonGroup[];
  /** The additions to the cell menu. */
  readonly cellMenu: readonly CommandControl[];
  /** Path of the file with the keyboard shortcuts. */
  readonly shortcuts: string | undefined;
}

export interface RibbonGroup {
  readonly label: string;
  readonly controls: readonly CommandControl[];
}

/** A button, a menu, or an item of a menu. */
export interface CommandControl {
  readonly id: string;
  readonly label: string;
  readonly tip: string;
  /** Path of the smallest icon. */
  readonly icon: string;
  /** A menu has items instead of an action. */
  readonly action?: CommandAction;
  readonly items?: readonly CommandControl[];
}

export type CommandAction =
  { readonly type: "ShowTaskpane" } | { readonly type: "ExecuteFunction"; readonly functionName: string };

export function readManifest(xml: string): AddinManifest {
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

  function control(element: Element): CommandControl {
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

  const controls = (within: Element) =>
    [...within.children].filter(({ localName }) => localName === "Control").map(control);
  const inExtensionPoint = (wanted: string, name: string) =>
    all(manifest, "ExtensionPoint")
      .filter((point) => type(point) === wanted)
      .flatMap((point) => all(point, name));

  const overrides = all(manifest, "ExtendedOverrides")[0]?.getAttribute("Url");
  return {
    ribbon: inExtensionPoint("PrimaryCommandSurface", "Group").map((group) => ({
      label: resource(child(group, "Label")),
      controls: controls(group),
    })),
    cellMenu: inExtensionPoint("ContextMenu", "OfficeMenu")
      .filter(({ id }) => id === "ContextMenuCell")
      .flatMap(controls),
    shortcuts: overrides ? pathOf(overrides) : undefined,
  };
}

function actionOf(type: string | undefined, functionName: string): CommandAction {
  return type === "ExecuteFunction" ? { type, functionName } : { type: "ShowTaskpane" };
}

/** The manifest contains the address of a deployment; here everything comes from this origin. */
function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname : url;
}
