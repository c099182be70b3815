/**
 * Every word that the pane says, in one place, so that a translation is one file. What failures say comes from the
 * error catalogue.
 *
 * These are texts, never markup: whoever shows them binds them.
 * @module
 */

export const texts = {
  product: "Kalibrate data",
  help: "Help",
  unknownTime: "not stated",
  noExcel: "There is no Excel around this page. Formulas run in Excel; everything else works here.",
  introduction: "Your sites, products, prices and volumes from Kalibrate, live in Excel with a formula.",

  sections: {
    label: "Sections",
    activity: "Activity",
    settings: "Settings",
    connection: "Connection",
    build: "Build",
  },
  pane: "The pane",

  pause: {
    paused: (waiting: number) =>
      waiting === 0
        ? "Data is paused: cells show what is known already."
        : `Data is paused: ${waiting.toLocaleString()} ${waiting === 1 ? "cell waits" : "cells wait"}, all others show what is known already.`,
    resume: "Resume",
    resumed: "Resumed. What had to wait is being asked for.",
    announcement: "Data is paused.",
  },
  notLoaded: (name: string) => `“${name}” could not be loaded.`,

  connected: (label: string) => `Connected to ${label}.`,

  sample: {
    choice: "Try with sample data",
    explained: "One click, nothing to fill in.",
    connecting: "Opening the sample data…",
    isSample: "A made-up fuel retailer. Nothing here is real.",
  },

  connect: {
    heading: "Connect to Kalibrate",
    otherHeading: "Connect to another environment",
    explained: "Enter the settings that Kalibrate issued to your company. They belong together.",
    environment: { label: "Environment", hint: "The Kalibrate system that holds your data." },
    otherEnvironment: "Other (base URL)",
    fixedTenant: "Set by the environment.",
    remember: {
      label: "Remember on this computer",
      hint: "Stay connected for 30 days; otherwise for a working day.",
    },
    secretFate: "The secret goes to the KAL service only. It is never saved in a workbook.",
    reveal: "Show",
    conceal: "Hide",
    revealSecret: "Show the client secret",
    concealSecret: "Hide the client secret",
    submit: "Connect",
    connecting: "Connecting…",
    cancel: "Cancel",
    cancelled: "Cancelled. What you entered is still here.",
    back: "Back",
    use: (correction: string) => `Use ${correction}`,
  },

  fields: {
    apiBaseUrl: {
      label: "Base URL",
      hint: "The address of your Data API.",
      missing: "Enter the base URL that Kalibrate gave you.",
    },
    tenant: {
      label: "Tenant",
      hint: "The directory that checks the client ID: a GUID or a domain name.",
      missing: "Enter the tenant that Kalibrate gave you.",
    },
    scope: {
      label: "Scope",
      hint: "The database you may read: api://…/.default",
      missing: "Enter the scope that Kalibrate gave you.",
    },
    clientId: {
      label: "Client ID",
      hint: "The connection’s user name: a GUID.",
      missing: "Enter the client ID that Kalibrate gave you.",
    },
    clientSecret: {
      label: "Client secret",
      hint: "The connection’s password: the secret’s value, not its ID.",
      missing: "Enter the client secret that Kalibrate gave you.",
    },
  },

  checks: {
    tooLong: (length: number) =>
      `That was ${length.toLocaleString()} characters, far more than a setting has, so it was left out. Paste only the setting.`,
    clientId: "A client ID is a GUID, such as 3f2b8c1e-0d4a-4c55-9e7b-61c0a2d4f890.",
    clientIdIsScope: "This looks like the scope. A client ID is a GUID alone.",
    tenant: "A tenant is a GUID or a domain name such as example.onmicrosoft.com.",
    tenantIsAny: (tenant: string) =>
      `“${tenant}” stands for any tenant. Enter the one that Kalibrate gave you.`,
    scope: "A scope begins with api:// and ends in /.default.",
    scopeHasSpaces: "Enter one scope, without spaces.",
    secretIsId: "This looks like the secret’s ID. The secret itself is its value, which is no GUID.",
    baseUrl: "A base URL looks like https://example.com/api.",
    baseUrlIsOpen: "A base URL begins with https://, so that nobody can read along.",
  },

  notice: {
    ended: "The connection has ended. Connect again to refresh; the values in your cells stay as they are.",
    disconnected: "Disconnected. The values in your cells stay as they are.",
    disconnectedHereOnly:
      "Disconnected on this computer. The KAL service could not be told; the connection expires there by itself.",
    workbookNeeds: (connection: string) =>
      `This workbook uses the connection “${connection}”. Connect to it to refresh its data.`,
  },

  connection: {
    state: { connected: "Connected", checking: "Checking…", failed: "Not working" },
    details: "Connection",
    name: "Name in formulas",
    environment: "Environment",
    customer: "Customer",
    clientId: "Client ID",
    tenant: "Tenant",
    response: "Response time",
    milliseconds: (latency: number) => `${Math.round(latency).toLocaleString()} ms`,
    token: "Token valid until",
    apiVersion: "Data API version",
    gatewayVersion: "KAL service version",
    session: "Stays connected",
    until: (time: string) => `Until ${time} at the latest`,
    check: "Check again",
    checked: "Checked. The connection works.",
    disconnect: "Disconnect",
    disconnecting: "Disconnecting…",
    disconnectMeaning:
      "Disconnecting ends this connection in all your workbooks on this computer. Values in cells stay.",
    another: "Connect to another environment",
    anotherFromSample: "Connect to your own data",
  },

  formula: {
    heading: "Your first formula",
    explained: "Ten of your own current prices, with the names of site and product.",
    copied:
      "Copied. Where your Excel puts semicolons between arguments, write them for the commas outside the quotes.",
    copy: "Copy",
    insert: "Insert into cell",
    inserting: "Inserting…",
    inserted: (address: string) => `Inserted into ${address}. The prices appear there.`,
    occupied: (address: string) => `${address} is not empty. Select an empty cell, then insert again.`,
    inTable: (address: string) =>
      `${address} lies in an Excel table, where results cannot spill. Select a cell outside it, then insert again.`,
    refused: (reason: string) => `Excel did not take the formula: ${reason}`,
  },

  problem: {
    retry: "Try again",
    retryAfter: (seconds: number) => `You can try again in ${seconds} s.`,
    requestId: "Request ID",
    copyDetails: "Copy details",
  },

  copied: "Copied.",
  notCopied: "Copying was refused. Select the text and copy it.",
} as const;
