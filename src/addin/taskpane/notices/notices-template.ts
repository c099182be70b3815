/**
 * How notices are shown.
 * @module
 */
import { html } from "@microsoft/fast-element";
import { present } from "../present.ts";
import type { Notices } from "./notices.ts";

const saidTemplate = html<string>`
  <fluent-message-bar class="notice" intent="info"><p>${(text) => text}</p></fluent-message-bar>
`;

export const noticesTemplate = html<Notices>`${present(({ said }: Notices) => said, saidTemplate)}`;
