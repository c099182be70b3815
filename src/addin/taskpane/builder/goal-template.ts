/**
 * Template of what a person wants: the first choice, which folds to one line.
 * @module
 */
import { html, repeat } from "@microsoft/fast-element";
import { texts } from "../texts/builder.ts";
import { type Builder, hasSlice } from "./builder.ts";
import { type Goal, goals } from "./draft.ts";
import { chooseGoal } from "./slice-choices.ts";

const words = texts.goal;

/** A press with the mouse folds the list; the arrow keys go through it. */
function press(goal: Goal, builder: Builder, event: Event): boolean {
  if (goal !== builder.draft.goal) chooseGoal(builder, goal);
  if ((event as MouseEvent).detail > 0 && hasSlice(builder)) builder.isGoalOpen = false;
  return true;
}

const goalTemplate = html<Goal, Builder>`
  <label class="goal">
    <input
      type="radio"
      name="goal"
      value="${(goal) => goal}"
      :checked="${(goal, { parent }) => parent.draft.goal === goal}"
      @click="${(goal, { event, parent }) => press(goal, parent, event)}"
    />
    <span>
      ${(goal) => words.goals[goal].label}
      <span class="detail">${(goal) => words.goals[goal].detail}</span>
    </span>
  </label>
`;

export const goalsTemplate = html<Builder>`
  <details
    id="goal"
    :open="${({ isGoalOpen }) => isGoalOpen}"
    @toggle="${(builder, { event }) => {
      builder.isGoalOpen = (event.target as HTMLDetailsElement).open;
    }}"
  >
    <summary>
      <h3>${words.heading}</h3>
      <span class="hint"
        >${({ draft, isGoalOpen }) => (isGoalOpen ? "" : words.goals[draft.goal].label)}</span
      >
    </summary>
    <fieldset>
      <legend class="visually-hidden">${words.heading}</legend>
      ${repeat(() => goals, goalTemplate)}
    </fieldset>
  </details>
`;
