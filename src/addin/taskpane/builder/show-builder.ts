/**
 * The builder as a section of the pane.
 * @module
 */
import { runtime } from "../../addin.ts";
import type { SectionContext } from "../shell/section.ts";
import { createBuilder } from "./builder.ts";
import { builderTemplate } from "./builder-template.ts";
import { editSelected } from "./cell/edit-selected.ts";
import { followSelection } from "../cells/selection.ts";

/** Shows the builder inside an element. @returns a function that ends it */
export function showBuilder(place: HTMLElement, { isExcel }: SectionContext): () => void {
  const builder = createBuilder(isExcel, async () => (await import("./parts-template.ts")).partsTemplate);
  const view = builderTemplate.render(builder, place);
  void builder.load();
  const endings = [
    () => view.dispose(),
    builder.stop,
    runtime.session.onChange(() => {
      if (!builder.collections) void builder.load();
      builder.changed();
    }),
  ];
  if (isExcel) {
    const edit = () => void (runtime.paneRequests.takeEdit() && editSelected(builder));
    edit();
    const following = followSelection(
      place,
      () => builder.size,
      (found) => {
        builder.selection = found;
        builder.selected = found?.formula;
        if (found?.formula) builder.isNothingToEdit = false;
      },
    );
    builder.lookAtSelection = following.look;
    endings.push(runtime.paneRequests.onEdit(edit), following.end);
  }
  return () => endings.forEach((end) => end());
}
