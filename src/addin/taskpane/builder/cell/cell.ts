/**
 * The parts that need the selected cell. A separate chunk, loaded after the first view.
 * @module
 */
export { followSelection } from "../../cells/selection.ts";
export { cellTemplate } from "./cell-template.ts";
export { editSelected } from "./edit-selected.ts";
