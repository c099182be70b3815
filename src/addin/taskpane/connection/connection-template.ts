/**
 * Template of the section Connection: the workbook's connection, first steps, the other connections.
 * @module
 */
import { html, render, repeat, when } from "@microsoft/fast-element";
import { present } from "../common/present.ts";
import { texts } from "../texts/connection.ts";
import { changeOfferTemplate } from "./change/open-change.ts";
import { connectedTemplate } from "./connected-template.ts";
import { isSample } from "./connected.ts";
import type { Account, Connections } from "./connections.ts";
import { exampleTemplate } from "./example/example.ts";
import { firstFormulaTemplate } from "./first-formula-template.ts";
import "./connection.css";

const words = texts.connection;

const missingTemplate = html<string, Connections>`
  <fluent-message-bar class="notice" intent="warning">
    <p>${(name) => words.missing(name)}</p>
    <fluent-button class="retry" size="small" @click="${(_name, { parent }) => parent.connectMissing()}">
      ${(name) => words.connectMissing(name)}
    </fluent-button>
  </fluent-message-bar>
`;

const hasOnlySample = ({ all }: Connections) => all.every(isSample);

const accountTemplate = html<Account>`${render(
  ({ analyst }) => analyst,
  ({ template }) => template,
)}`;

export const connectionTemplate = html<Connections>`
  ${present(({ missing }: Connections) => missing, missingTemplate)}
  ${present(({ account }: Connections) => account, accountTemplate)}
  ${repeat(({ all }: Connections) => all.slice(0, 1), connectedTemplate)}
  ${present(({ example }: Connections) => example, exampleTemplate)}
  ${render(({ firstFormula }) => firstFormula, firstFormulaTemplate)}
  ${when(({ all }) => all.length > 1, html` <h2 class="others">${words.others}</h2> `)}
  ${repeat(({ all }: Connections) => all.slice(1), connectedTemplate)}
  ${present(({ change }: Connections) => change, changeOfferTemplate)}
  <div class="another">
    <fluent-button @click="${(view) => view.connectAnother()}">
      ${(view) => (hasOnlySample(view) ? words.anotherFromSample : words.another)}
    </fluent-button>
  </div>
`;
