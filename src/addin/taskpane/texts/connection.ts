/**
 * Texts of the section Connection.
 * @module
 */

export const texts = {
  isSample: "A made-up fuel retailer. Nothing here is real.",

  connection: {
    state: {
      connected: "Connected",
      checking: "Checking…",
      failed: "Not working",
      offline: "Not reachable",
    },
    details: "Details",
    isUsed: "Used by this workbook.",
    use: "Use for this workbook",
    used: (label: string) => `This workbook now uses “${label}”. Its cells are being refreshed.`,
    added: (label: string) =>
      `Connected to “${label}”. This workbook still uses its own connection; formulas can use the new one by its name.`,
    missing: (name: string) =>
      `This workbook uses the connection “${name}”, which is not connected here. Connect to it, or use another one for this workbook.`,
    connectMissing: (name: string) => `Connect to ${name}`,
    others: "Other connections",
    openedBy: (roles: readonly string[]) =>
      `Open to you by ${roles.length === 1 ? "your role" : "your roles"} ${roles.join(", ")}.`,
    name: "Name in formulas",
    environment: "Environment",
    customer: "Customer",
    clientId: "Client ID",
    tenant: "Tenant",
    response: "Response time",
    milliseconds: (latency: number) => `${Math.round(latency).toLocaleString()} ms`,
    token: "Access valid until",
    apiVersion: "Data API version",
    gatewayVersion: "KAL service version",
    session: "Stays connected",
    until: (time: string) => `Until ${time} at the latest`,
    check: "Check again",
    checked: "Checked. The connection works.",
    disconnect: "Disconnect",
    disconnecting: "Disconnecting…",
    disconnectMeaning: "Ends it in all your workbooks on this computer. Values in cells stay.",
    another: "Add a connection",
    anotherFromSample: "Connect to your own data",
  },

  formula: {
    heading: "Your first formula",
    explained: "Ten of your own current prices, with the names of site and product.",
    copied:
      "Copied. If your Excel separates arguments with semicolons, write semicolons instead of the commas outside the quotes.",
    copy: "Copy",
    insert: "Insert into cell",
    insertAt: (address: string) => `Insert into ${address}`,
    insertOnSheet: "Insert on a new sheet",
    sheet: "Prices",
  },

  newSecret: {
    open: "New secret",
    heading: "New client secret",
    submit: "Check and replace",
    checking: "Checking…",
    cancel: "Cancel",
    replaced: (label: string) => `The new secret of “${label}” works and has replaced the old one.`,
  },

  change: {
    heading: "Change a connection in this workbook",
  },
  example: {
    heading: "An example sheet",
    explained: "A list and a price board with notes on how they are made, on a new sheet.",
    insert: "Insert example sheet",
    inserting: "Inserting…",
    inserted: (sheet: string) => `Inserted as the sheet “${sheet}”. Delete the sheet to undo it.`,
    refused: (reason: string) => `Excel did not add the sheet: ${reason}`,
    sheet: {
      name: "KAL example",
      title: "Kalibrate data in Excel",
      about:
        "Sample data of an invented retailer. Nothing else in this workbook was changed: delete this sheet when you are done.",
      connection: "Connection",
      list: "A list",
      listNote: "One formula, in A9, fills the whole table. Select it to see how.",
      board: "A price board",
      boardNote:
        "Each price is found by the site in column A and the product in row 19. Change either, and the prices follow.",
      site: "Site",
      lastChange: "Unleaded since",
      next: "Your turn",
      nextNote: "Type a formula into any empty cell, for example:",
    },
  },
} as const;
