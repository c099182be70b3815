/**
 * One undo reverts everything an add-in did after a click.
 *
 * Excel makes each `context.sync()` one step, or each `Excel.run` with `mergeUndoGroup`, but office.js does not tell
 * its host which requests belong together. Here a step ends when the person next uses the add-in or changes something.
 * @module
 */
import {
  type DependencyOverride,
  ICommandService,
  IContextService,
  isInternalEditorID,
  type IUndoRedoItem,
  IUndoRedoService,
  IUniverInstanceService,
  LocalUndoRedoService,
} from "@univerjs/core";
import type { SpreadsheetModel } from "../../excel-host/model.ts";

export interface AddinSteps extends Required<Pick<SpreadsheetModel, "runForAddin">> {
  /** Call it before the add-in acts for another click or key. */
  readonly beginStep: () => void;
  /** Replaces the grid's undo service. */
  readonly override: DependencyOverride;
}

export function createAddinSteps(): AddinSteps {
  let isAddin = false;
  let step: IUndoRedoItem | undefined;

  function createUndo(...services: ConstructorParameters<typeof LocalUndoRedoService>): IUndoRedoService {
    const undo = new LocalUndoRedoService(...services);
    const push = undo.pushUndoRedo.bind(undo);
    undo.pushUndoRedo = (item) => {
      // The editors of the formula bar and of cells have their own steps, also when they follow the selection.
      if (isInternalEditorID(item.unitID)) return push(item);
      if (isAddin && step?.unitID === item.unitID) {
        step.undoMutations.unshift(...item.undoMutations);
        step.redoMutations.push(...item.redoMutations);
        return;
      }
      push(item);
      step = isAddin ? item : undefined;
    };
    const undoStep = undo.popUndoToRedo.bind(undo);
    undo.popUndoToRedo = () => {
      step = undefined;
      undoStep();
    };
    return undo;
  }

  return {
    runForAddin(work) {
      isAddin = true;
      try {
        return work();
      } finally {
        isAddin = false;
      }
    },
    beginStep() {
      step = undefined;
    },
    override: [
      [
        IUndoRedoService,
        { useFactory: createUndo, deps: [IUniverInstanceService, ICommandService, IContextService] },
      ],
    ],
  };
}
