/**
 * The services of the host that office.js and the add-in's start talk to.
 * @module
 */
import type { Services } from "./rich-api.ts";

/** What the services act on. */
export interface ServiceEffects {
  customFunctionsReady(): void;
  readonly enabledFeatures: readonly number[];
  resultArrived(id: number, succeeded: boolean, value: unknown, errorCode: number): void;
  isPaneVisible(): boolean;
  setPaneVisible(visible: boolean): void;
}

/** `[id, succeeded, value, (errorCode where failed), …]` */
type ArrayResult = readonly [id: number, succeeded: boolean, value: unknown, errorCode?: number];

interface ObjectResult {
  readonly id: number;
  readonly failed?: boolean;
  readonly value: unknown;
  readonly errorCode?: number;
}

export function createServices(effects: ServiceEffects): Services {
  return {
    "Microsoft.ExcelServices.CustomFunctions": {
      _SetOsfControlContainerReadyForCustomFunctions: () => effects.customFunctionsReady(),
      _GetEnabledFeatures: () => effects.enabledFeatures,
      SetInvocationArrayResults: (results) => {
        for (const [id, succeeded, value, code] of results as ArrayResult[]) {
          effects.resultArrived(id, succeeded, value, code ?? 0);
        }
      },
      SetInvocationResults: (results) => {
        for (const { id, failed, value, errorCode } of results as ObjectResult[]) {
          effects.resultArrived(id, !failed, value, errorCode ?? 0);
        }
      },
    },
    "Microsoft.AppRuntime.AppRuntimeService": {
      GetAppRuntimeState: () => (effects.isPaneVisible() ? "Visible" : "Background"),
      SetAppRuntimeState: (state) => {
        if (state !== "Visible" && state !== "Background") {
          throw new Error(`An add-in cannot set its runtime's state to ${String(state)}.`);
        }
        effects.setPaneVisible(state === "Visible");
      },
    },
    // office.js reports here that ribbon and shortcut handlers may be called.
    "Microsoft.InternalService.AddinInternalService": {
      NotifyActionHandlerReady: () => null,
    },
  };
}
