/**
 * Everything about the selected cell. A chunk of its own, loaded behind the first view.
 * @module
 */
export { followSelection } from "../../cells/selection.ts";
export { cellTemplate } from "./cell-template.ts";
export { editSelected } from "./edit-selected.ts";
