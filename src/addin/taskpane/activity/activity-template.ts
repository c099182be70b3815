/**
 * Template of the section Activity.
 * @module
 */
import { html, repeat, when } from "@microsoft/fast-element";
import type { KalError } from "../../../kalibrate/errors.ts";
import { formulaTemplate } from "../common/formula-template.ts";
import { present } from "../common/present.ts";
import { errorDetails } from "../problem/problem.ts";
import { readableTime } from "../common/times.ts";
import { activityTexts as texts } from "../texts/activity.ts";
import { type ActivityView, headingId, retryId } from "./activity-view.ts";
import type { Entry } from "./entry.ts";
import "./activity.css";

const colours = {
  running: "informative",
  waiting: "informative",
  done: "subtle",
  failed: "danger",
  cancelled: "subtle",
} as const;

const stateTemplate = html<Entry>`
  <fluent-badge appearance="tint" shape="rounded" size="small" color="${({ state }) => colours[state]}">
    ${({ state }) => texts.states[state]}
  </fluent-badge>
`;

const errorTemplate = html<KalError>`
  <p class="what">${({ message }) => message}</p>
  <p class="next">${({ hint }) => hint}</p>
  <div class="hint">${present((error: KalError) => error, errorDetails)}</div>
`;

const entryTemplate = html<Entry, ActivityView>`
  <li class="entry" data-state="${({ state }) => state}">
    <div class="entry-head">
      <h3>${({ title }) => title}</h3>
      ${when(({ state }) => texts.states[state] !== "", stateTemplate)}
      <span class="hint">${({ time }) => time}</span>
    </div>
    ${when(({ facts }) => facts !== "", html<Entry>`<p class="hint">${({ facts }) => facts}</p>`)}
    ${when(({ query }) => query !== "", html<Entry>`<code class="query">${({ query }) => query}</code>`)}
    ${present(({ error }: Entry) => error, errorTemplate)}
    ${when(
      ({ note }) => note,
      html<Entry>`<p class="what">${({ note }) => note}</p>
        <p>${({ hint }) => hint}</p>`,
    )}
    ${when(
      ({ select }, { parent }) => select !== undefined && parent.isExcel,
      html<Entry, ActivityView>`
        <button
          type="button"
          class="inline-action cells"
          title="${texts.selectMeaning}"
          @click="${(entry, { parent }) => void parent.select(entry)}"
        >
          ${({ select }) => select}
        </button>
      `,
    )}
    ${when(({ cells }) => cells, html<Entry>`<p class="hint">${({ cells }) => cells}</p>`)}
  </li>
`;

const emptyTemplate = html<ActivityView>`
  <div class="card empty">
    <h3>${texts.emptyHeading}</h3>
    <p>${texts.empty}</p>
    <p class="hint">${texts.emptySaved}</p>
    <p class="hint">${texts.emptyExample}</p>
    ${present(() => "=KAL.COLLECTIONS()", formulaTemplate)}
  </div>
`;

const listTemplate = html<ActivityView>`
  <p class="hint">${({ totals: { calls, saved } }) => texts.totals(calls, saved)}</p>
  ${present(
    ({ dataAsOf }: ActivityView) => dataAsOf,
    html<string>`<p class="hint" id="data-as-of">${(time) => texts.dataAsOf(readableTime(time))}</p>`,
  )}
  <div class="actions">
    ${when(
      ({ hasFailures, isExcel }) => hasFailures && isExcel,
      html<ActivityView>`
        <fluent-button
          id="${retryId}"
          size="small"
          appearance="primary"
          ?disabled-focusable="${({ isRetrying }) => isRetrying}"
          @click="${(view) => void view.retry()}"
        >
          ${({ isRetrying }) => (isRetrying ? texts.retrying : texts.retry)}
        </fluent-button>
      `,
    )}
    <fluent-button size="small" @click="${(view) => void view.copy()}">${texts.copy}</fluent-button>
  </div>
`;

const clearButton = html<ActivityView>`
  <button type="button" class="inline-action" @click="${(view) => view.clear()}">${texts.clear}</button>
`;

export const activityTemplate = html<ActivityView>`
  <section aria-labelledby="${headingId}">
    <div class="bar">
      <h2 id="${headingId}" tabindex="-1">${texts.heading}</h2>
      ${when(({ count }: ActivityView) => count > 0, clearButton)}
    </div>
    ${when(({ count }: ActivityView) => count > 0, listTemplate, emptyTemplate)}
    <p class="outcome">${({ outcome }) => outcome}</p>
    <ul class="entries" ?hidden="${({ count }) => count === 0}">
      ${repeat(({ entries }: ActivityView) => entries, entryTemplate, { recycle: false })}
    </ul>
  </section>
`;
