/**
 * The host services that office.js uses while the add-in starts.
 * @module
 */
import { ApiError, type ApiObject } from "./api-object.ts";
import type { Workbook } from "./workbook.ts";

/** The effects of the services on the host. */
export interface ServiceEffects {
  customFunctionsReady(): void;
  /** Called when ribbon and shortcut handlers may be called. */
  actionsReady(): void;
  readonly enabledFeatures: readonly number[];
  resultArrived(id: number, succeeded: boolean, value: unknown, errorCode: number): void;
  isPaneVisible(): boolean;
  setPaneVisible(visible: boolean): void;
  readonly workbook: Workbook;
  readonly ribbon: RibbonEffects;
}

/** The changes that an add-in can make to the ribbon. */
export interface RibbonEffects {
  setEnabled(controlId: string, enabled: boolean): void;
  setVisible(tabId: string, visible: boolean): void;
}

/** `[id, succeeded, value, (errorCode where failed), …]` */
type ArrayResult = readonly [id: number, succeeded: boolean, value: unknown, errorCode?: number];

interface ObjectResult {
  readonly id: number;
  readonly failed?: boolean;
  readonly value: unknown;
  readonly errorCode?: number;
}

/** By the names that office.js requests. */
export function createServices(effects: ServiceEffects): Readonly<Record<string, ApiObject>> {
  // Not saved from one start of the runtime to the next.
  let shortcuts: unknown = {};
  const methods: Readonly<Record<string, NonNullable<ApiObject["methods"]>>> = {
    "Microsoft.ExcelServices.CustomFunctions": {
      _SetOsfControlContainerReadyForCustomFunctions: () => effects.customFunctionsReady(),
      _GetEnabledFeatures: () => effects.enabledFeatures,
      SetInvocationArrayResults: (results: readonly ArrayResult[]) => {
        for (const [id, succeeded, value, code] of results) {
          effects.resultArrived(id, succeeded, value, code ?? 0);
        }
      },
      SetInvocationResults: (results: readonly ObjectResult[]) => {
        for (const { id, failed, value, errorCode } of results) {
          effects.resultArrived(id, !failed, value, errorCode ?? 0);
        }
      },
    },
    "Microsoft.AppRuntime.AppRuntimeService": {
      GetAppRuntimeState: () => (effects.isPaneVisible() ? "Visible" : "Background"),
      SetAppRuntimeState: (state: string) => {
        refuseState(state, ["Visible", "Background"]);
        effects.setPaneVisible(state === "Visible");
      },
    },
    // `Office.addin.setStartupBehavior`, saved in the document.
    "Microsoft.AppRuntime.AppRuntimePersistenceService": {
      GetAppRuntimeStartState: () => (effects.workbook.startsAddin() ? "Background" : "Inactive"),
      SetAppRuntimeStartState: (state: string) => {
        refuseState(state, ["Background", "Inactive"]);
        effects.workbook.setStartsAddin(state === "Background");
      },
    },
    "Microsoft.InternalService.AddinInternalService": {
      NotifyActionHandlerReady: () => effects.actionsReady(),
    },
    "Microsoft.Office.ActionService": {
      AreShortcutsInUse: (wanted: readonly unknown[]) => wanted.map(() => false),
      GetShortcuts: () => shortcuts,
      ReplaceShortcuts: (wanted: object) => {
        shortcuts = { ...(shortcuts as object), ...wanted };
      },
    },
    "Microsoft.DynamicRibbon.DynamicRibbon": {
      GetButton: (id: string) => ({
        type: "RibbonButton",
        setters: { Enabled: (enabled: boolean) => effects.ribbon.setEnabled(id, enabled) },
      }),
      GetTab: (id: string) => ({
        type: "RibbonTab",
        methods: { SetVisibility: (visible: boolean) => effects.ribbon.setVisible(id, visible) },
      }),
    },
  };
  return Object.fromEntries(Object.entries(methods).map(([type, table]) => [type, { type, methods: table }]));
}

function refuseState(state: string, known: readonly string[]): void {
  if (known.includes(state)) return;
  throw new ApiError("InvalidArgument", `The state ${state} is not one of ${known.join(" and ")}.`);
}
