/**
 * The builder as a section of the pane.
 * @module
 */
import { runtime } from "../../addin.ts";
import type { SectionContext } from "../shell/section.ts";
import { createBuilder } from "./builder.ts";
import { builderTemplate } from "./builder-template.ts";
import { announce } from "../common/announce.ts";
import { reasonOf } from "../common/reason-of.ts";
import { loadCode } from "../../runtime/load-code.ts";

/** Shows the builder inside an element. @returns a function that removes it */
export function showBuilder(place: HTMLElement, { isExcel }: SectionContext): () => void {
  const builder = createBuilder(isExcel, async () => (await import("./parts-template.ts")).parts);
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
  // After the first view: the parts that need the selected cell.
  const loading = loadCode(() => import(/* webpackChunkName: "behind-cell" */ "./cell/cell.ts"));
  let isEnded = false;
  endings.push(() => (isEnded = true));
  loading.then(
    ({ cellTemplate, followSelection }) => {
      if (isEnded) return;
      builder.cell = cellTemplate;
      if (!isExcel) return;
      const following = followSelection(
        place,
        () => builder.size,
        (found) => {
          builder.selection = found;
          builder.selected = found?.formula;
          void builder.findPlace();
          if (found?.formula ?? found?.table) builder.isNothingToEdit = false;
        },
      );
      builder.lookAtSelection = following.look;
      endings.push(following.end);
    },
    // The builder works without it; each writing action then reads the selection itself.
    () => undefined,
  );
  void loadCode(() => import(/* webpackChunkName: "behind-queries" */ "./queries/queries-template.ts")).then(
    ({ createQueries }) => {
      if (!isEnded) builder.queries = createQueries(builder);
    },
    // The builder works without them.
    () => undefined,
  );
  if (isExcel) {
    const edit = () => {
      if (runtime.paneRequests.takeEdit())
        loading.then(
          ({ editSelected }) => editSelected(builder),
          (error: unknown) => announce(reasonOf(error)),
        );
    };
    edit();
    endings.push(runtime.paneRequests.onEdit(edit));
  }
  return () => endings.forEach((end) => end());
}
