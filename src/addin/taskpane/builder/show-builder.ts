/**
 * The builder as a section of the pane.
 * @module
 */
import { runtime } from "../../addin.ts";
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
    runtime.session.onChange(() => {
      if (!builder.collections) void builder.load();
      builder.changed();
    }),
  ];
  if (isExcel) {
    const edit = () => void (runtime.paneRequests.takeEdit() && editSelected(builder));
    edit();
    endings.push(
      runtime.paneRequests.onEdit(edit),
      followSelection(place, (found) => {
        builder.selected = found;
        if (found) builder.isNothingToEdit = false;
      }),
    );
  }
  return () => endings.forEach((end) => end());
}
