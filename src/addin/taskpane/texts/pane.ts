/**
 * Texts of the pane itself. All texts of the pane are in this folder, with a file per section, so that one folder can
 * be translated. Error texts come from the error catalogue.
 *
 * These are plain texts, never markup: templates bind them.
 * @module
 */

import type { Question } from "../../runtime/confirmation.ts";

const inDays = (days: number) => (days === 0 ? "today" : days === 1 ? "tomorrow" : `in ${days} days`);

export const texts = {
  product: "Kalibrate data",
  help: "Help",
  unknownTime: "not stated",
  noExcel: "This page is not open in Excel. Formulas run only in Excel; everything else works here.",

  sections: {
    label: "Sections",
    activity: "Activity",
    settings: "Settings",
    connection: "Connection",
    build: "Build",
  },

  pause: {
    paused: (waiting: number) =>
      waiting === 0
        ? "Data is paused: cells show the data already loaded."
        : `Data is paused: ${waiting.toLocaleString()} ${waiting === 1 ? "cell waits" : "cells wait"}; all others show the data already loaded.`,
    resume: "Resume",
    resumed: "Resumed. Waiting cells are being refreshed.",
    announcement: "Data is paused.",
  },
  notLoaded: (name: string) => `“${name}” could not be loaded.`,

  connect: {
    introduction: "Your sites, products, prices and volumes from Kalibrate, live in Excel with a formula.",
    back: "Back",
  },
  connected: (label: string) => `Connected to ${label}.`,

  notice: {
    ended: "The connection has ended. Connect again to refresh; the values in your cells stay as they are.",
    disconnected: "Disconnected. The values in your cells stay as they are.",
    disconnectedHereOnly:
      "Disconnected on this computer. The KAL service could not be reached; the connection expires there by itself.",
    ending: (connection: string, time: string) => `“${connection}” stays connected until ${time}.`,
    secretExpires: (connection: string, days: number) =>
      `The client secret of “${connection}” expires ${inDays(days)}. Ask Kalibrate for a new one.`,
    secretExpired: (connection: string) =>
      `The client secret of “${connection}” has expired, according to the date that you entered. Get a new one from Kalibrate and enter it, or correct the date.`,
    act: { ending: "Connect again", secret: "Enter a new secret" },
    offline:
      "The KAL service cannot be reached. Cells keep their values. Check the network; the pane keeps trying.",
    online: "The KAL service is back.",
    refreshQuestion: (connection: string) =>
      `This workbook wants to load new data from “${connection}” whenever it is opened. Allow it only if you know where the workbook comes from.`,
    question: ({ command, formulas, tables }: Question) => {
      const where = {
        convertSelection: "in the selection",
        convertSheet: "on this sheet",
        convertWorkbook: "on all sheets",
      }[command];
      const parts = [
        formulas > 0 &&
          `${formulas === 1 ? "One formula" : `${formulas.toLocaleString()} formulas`} ${where} will become ${formulas === 1 ? "its value" : "values"}; Excel’s undo reverts that.`,
        tables > 0 &&
          `${tables === 1 ? "One table" : `${tables.toLocaleString()} tables`} ${where} will keep ${tables === 1 ? "its" : "their"} rows.`,
        "Afterwards nothing refreshes them.",
      ];
      return parts.filter(Boolean).join(" ");
    },
    convert: "Convert",
    keepFormulas: "Keep formulas",
    allowRefresh: "Allow and refresh",
    refuseRefresh: "Not now",
    workbookNeeds: (connection: string) =>
      `This workbook uses the connection “${connection}”. Connect to it to refresh its data.`,
  },

  problem: {
    retry: "Try again",
    retryAfter: (seconds: number) => `You can try again in ${seconds} s.`,
    details: "Details",
    code: "Code",
    requestId: "Request ID",
    copyDetails: "Copy details",
  },

  copied: "Copied.",
  notCopied: "Copying was refused. Select the text and copy it.",
} as const;
