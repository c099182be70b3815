/**
 * Editing a cell as in Excel where the grid does it otherwise.
 * @module
 */
import {
  CommandType,
  Direction,
  DOCS_FORMULA_BAR_EDITOR_UNIT_ID_KEY,
  DOCS_NORMAL_EDITOR_UNIT_ID_KEY,
  EDITOR_ACTIVATED,
  FOCUSING_FX_BAR_EDITOR,
  ICommandService,
  IContextService,
} from "@univerjs/core";
import {
  DocSelectionRenderService,
  IEditorService,
  MoveCursorOperation,
  MoveSelectionOperation,
} from "@univerjs/docs-ui";
import { DeviceInputEventType, IRenderManagerService, type IRender } from "@univerjs/engine-render";
import {
  IEditorBridgeService,
  type IEditorBridgeServiceVisibleParam,
  SetCellEditVisibleOperation,
} from "@univerjs/sheets-ui";
import { IShortcutService, KeyCode, MetaKeys } from "@univerjs/ui";
import type { Grid } from "./grid.ts";
import { workbookOf } from "./open-workbook.ts";

const moveCaret = "kal.move-caret";
const changeMode = "kal.change-edit-mode";
const confirmCell = "kal.confirm-cell";

/** Key codes that the grid has no names for. */
const home = 36;
const end = 35;

/** Directions, and the ends of the line, which the grid's editors do not know. */
const moves = [
  [KeyCode.ARROW_LEFT, Direction.LEFT],
  [KeyCode.ARROW_RIGHT, Direction.RIGHT],
  [KeyCode.ARROW_UP, Direction.UP],
  [KeyCode.ARROW_DOWN, Direction.DOWN],
  [home, "start"],
  [end, "end"],
] as const;

interface CaretMove {
  readonly to: (typeof moves)[number][1];
  readonly isShift: boolean;
}

/** Of the grid's own shortcuts. */
const referencePriority = 900;
const listPriority = 1000;

/**
 * Excel's Edit mode: after F2, a double-click or a click into the formula bar, arrow keys move the caret. The grid
 * writes references wherever one could stand, which Excel does only while a formula is typed, in Enter mode. F2 changes
 * between the two (support.microsoft.com, "Excel status bar options").
 */
export function followEditMode({ injector }: Grid): void {
  const commands = injector.get(ICommandService);
  const shortcuts = injector.get(IShortcutService);
  let isEditMode = false;

  commands.onCommandExecuted(({ id, params }) => {
    if (id !== SetCellEditVisibleOperation.id) return;
    const { visible, eventType, keycode } = params as IEditorBridgeServiceVisibleParam;
    isEditMode = visible && (eventType !== DeviceInputEventType.Keyboard || keycode === KeyCode.F2);
  });
  commands.registerCommand({
    id: changeMode,
    type: CommandType.OPERATION,
    handler() {
      isEditMode = !isEditMode;
      return true;
    },
  });
  commands.registerCommand({
    id: moveCaret,
    type: CommandType.OPERATION,
    handler: (_, { to, isShift }: CaretMove) => {
      if (to === "start" || to === "end") return moveToEnd(to, isShift);
      return commands.syncExecuteCommand((isShift ? MoveSelectionOperation : MoveCursorOperation).id, {
        direction: to,
      });
    },
  });

  function moveToEnd(to: "start" | "end", isShift: boolean): boolean {
    const editor = injector.get(IEditorService).getFocusEditor();
    const range = editor?.getSelectionRanges()[0];
    if (!editor || !range) return false;
    const text = editor.getDocumentData().body?.dataStream ?? "\r\n";
    const { startOffset, endOffset } = range;
    const place =
      to === "start" ? text.slice(0, startOffset).lastIndexOf("\r") + 1 : text.indexOf("\r", endOffset);
    editor.setSelectionRanges([
      {
        startOffset: isShift ? Math.min(startOffset, place) : place,
        endOffset: isShift ? Math.max(endOffset, place) : place,
      },
    ]);
    return true;
  }

  const isEditing = (contexts: IContextService) => contexts.getContextValue(EDITOR_ACTIVATED);
  shortcuts.registerShortcut({ id: changeMode, binding: KeyCode.F2, preconditions: isEditing });
  for (const [key, to] of moves) {
    for (const isShift of [false, true]) {
      shortcuts.registerShortcut({
        id: moveCaret,
        binding: isShift ? key | MetaKeys.SHIFT : key,
        priority: referencePriority + 50,
        preconditions: (contexts) => isEditMode && isEditing(contexts),
        staticParameters: { to, isShift } satisfies CaretMove,
      });
    }
  }
}

/**
 * Enter confirms a formula, also under the grid's list of functions, as in Excel; Tab takes from the list. The list is
 * 300 ms late, so Enter would take one of its functions long after its name was typed.
 */
export function confirmWithEnter({ api, injector }: Grid): void {
  const commands = injector.get(ICommandService);
  const bridge = injector.get(IEditorBridgeService);
  commands.registerCommand({
    id: confirmCell,
    type: CommandType.OPERATION,
    handler() {
      bridge.disableForceKeepVisible();
      return commands.syncExecuteCommand(SetCellEditVisibleOperation.id, {
        visible: false,
        eventType: DeviceInputEventType.Keyboard,
        keycode: KeyCode.ENTER,
        unitId: workbookOf({ api }).getId(),
      });
    },
  });
  injector.get(IShortcutService).registerShortcut({
    id: confirmCell,
    binding: KeyCode.ENTER,
    priority: listPriority + 1,
    preconditions: () => bridge.isVisible().visible,
  });
}

/**
 * Keeps the keyboard in the formula bar after a click into it. The grid gives it to the cell in the two frames after
 * the cell has opened, so a quick click would lose it, and the keys typed then go nowhere.
 */
export function keepFormulaBarFocus({ injector }: Grid): void {
  const contexts = injector.get(IContextService);
  const editors = injector.get(IEditorService);
  const renders = injector.get(IRenderManagerService);

  function follow(render: IRender): void {
    const input = render.with(DocSelectionRenderService);
    const focus = input.focus.bind(input);
    input.focus = () => {
      const isInBar =
        contexts.getContextValue(FOCUSING_FX_BAR_EDITOR) &&
        editors.getFocusId() === DOCS_FORMULA_BAR_EDITOR_UNIT_ID_KEY;
      if (!isInBar) focus();
    };
  }

  const existing = renders.getRenderById(DOCS_NORMAL_EDITOR_UNIT_ID_KEY);
  if (existing) follow(existing);
  else
    renders.created$.subscribe((render) => {
      if (render.unitId === DOCS_NORMAL_EDITOR_UNIT_ID_KEY) follow(render);
    });
}
