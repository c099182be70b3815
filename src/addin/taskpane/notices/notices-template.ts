/**
 * Template of the notices.
 * @module
 */
import { runtime } from "../../addin.ts";
import { html, repeat, when } from "@microsoft/fast-element";
import type { Question } from "../../runtime/confirmation.ts";
import { focusSoon } from "../common/focus.ts";
import { present } from "../common/present.ts";
import { texts } from "../texts/pane.ts";
import type { DueNotice } from "./due-notices.ts";
import { type Notices, notices } from "./notices.ts";

function takeUp(kind: DueNotice["kind"]): void {
  // Open the section first, because what `asked` opens takes the focus from it.
  void runtime.paneRequests.openSection("connection");
  notices.asked = kind;
}

const saidTemplate = html<string>`
  <fluent-message-bar class="notice" intent="info"><p>${(text) => text}</p></fluent-message-bar>
`;

const offlineTemplate = html<Notices>`
  <fluent-message-bar id="offline" class="notice" intent="warning">
    <p>${texts.notice.offline} ${({ offlineAdvice }) => offlineAdvice}</p>
  </fluent-message-bar>
`;

const dueTemplate = html<DueNotice>`
  <fluent-message-bar class="notice" intent="${({ intent }) => intent}">
    <p>${({ text }) => text}</p>
    <fluent-button class="retry" size="small" @click="${({ kind }) => takeUp(kind)}">
      ${({ kind }) => texts.notice.act[kind]}
    </fluent-button>
  </fluent-message-bar>
`;

function answer(isAllowed: boolean): void {
  // The buttons disappear with the question.
  focusSoon("main");
  runtime.refreshOnOpen.answer(isAllowed);
}

const refreshQuestionTemplate = html<string>`
  <fluent-message-bar id="refresh-question" class="notice" intent="warning">
    <p>${(label) => texts.notice.refreshQuestion(label)}</p>
    <fluent-button class="retry" size="small" @click="${() => answer(true)}">
      ${texts.notice.allowRefresh}
    </fluent-button>
    <fluent-button class="retry" size="small" @click="${() => answer(false)}">
      ${texts.notice.refuseRefresh}
    </fluent-button>
  </fluent-message-bar>
`;

function answerQuestion(isAllowed: boolean): void {
  // The buttons disappear with the question.
  focusSoon("main");
  void runtime.confirmation.answer(isAllowed);
}

const questionTemplate = html<Question>`
  <fluent-message-bar id="question" class="notice" intent="warning">
    <p>${(question) => texts.notice.question(question)}</p>
    <fluent-button class="retry" size="small" @click="${() => answerQuestion(true)}">
      ${texts.notice.convert}
    </fluent-button>
    <fluent-button class="retry" size="small" @click="${() => answerQuestion(false)}">
      ${texts.notice.keepFormulas}
    </fluent-button>
  </fluent-message-bar>
`;

export const noticesTemplate = html<Notices>`
  ${when(({ isOffline }) => isOffline, offlineTemplate)} ${present(({ said }: Notices) => said, saidTemplate)}
  ${present(({ refreshQuestion }: Notices) => refreshQuestion, refreshQuestionTemplate)}
  ${present(({ question }: Notices) => question, questionTemplate)}
  ${repeat(({ due }: Notices) => due, dueTemplate)}
`;
