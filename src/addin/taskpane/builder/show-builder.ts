/**
 * The builder as a section of the pane.
 * @module
 */
import { onSessionChange } from "../../runtime/session/session.ts";
import type { SectionContext } from "../sections.ts";
import { createBuilder } from "./builder.ts";
import { builderTemplate } from "./builder-template.ts";
import { followSelection } from "./cell/selected-formula.ts";

/** Shows the builder inside an element. @returns a function that ends it */
export function showBuilder(place: HTMLElement, { isExcel }: SectionContext): () => void {
  const builder = createBuilder(isExcel);
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
    endings.push(
      followSelection(place, (found) => {
        builder.selected = found;
      }),
    );
  }
  return () => endings.forEach((end) => end());
}
