/**
 * The builder as a section of the pane.
 * @module
 */
import { onEditWanted, takeWantedEdit } from "../../runtime/open-section.ts";
import { onSessionChange } from "../../runtime/session/session.ts";
import type { SectionContext } from "../shell/section.ts";
import { createBuilder } from "./builder.ts";
import { builderTemplate } from "./builder-template.ts";
import { editSelected } from "./cell/edit-selected.ts";
import { followSelection } from "./cell/selected-formula.ts";

/** Shows the builder inside an element. @returns a function that ends it */
export function showBuilder(place: HTMLElement, { isExcel }: SectionContext): () => void {
  const builder = createBuilder(isExcel, async () => (await import("./parts-template.ts")).partsTemplate);
  const view = builderTemplate.render(builder, place);
  void builder.load();
  const endings = [
    () => view.dispose(),
    builder.stop,
    onSessionChange(() => {
      if (!builder.collections) void builder.load();
      builder.changed();
    }),
  ];
  if (isExcel) {
    const edit = () => void (takeWantedEdit() && editSelected(builder));
    onEditWanted(edit);
    edit();
    endings.push(
      () => onEditWanted(undefined),
      followSelection(place, (found) => {
        builder.selected = found;
        if (found) builder.isNothingToEdit = false;
      }),
    );
  }
  return () => endings.forEach((end) => end());
}
