/**
 * Texts of the form to connect.
 * @module
 */

export const texts = {
  sample: {
    choice: "Try with sample data",
    explained: "One click, nothing to fill in.",
    connecting: "Opening the sample data…",
  },

  connect: {
    heading: "Connect to Kalibrate",
    otherHeading: "Add a connection",
    againHeading: (name: string) => `Connect to ${name} again`,
    explained: "Enter the settings that Kalibrate issued to your company. They belong together.",
    environment: { label: "Environment", hint: "The Kalibrate system that holds your data." },
    otherEnvironment: "Other (base URL)",
    fixedTenant: "Set by the environment.",
    remember: {
      label: "Remember on this computer",
      hint: "Stay connected for 30 days; otherwise for a working day.",
      plainHttp:
        "The KAL service is reached without https, so you stay connected only while this page is open.",
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
      hint: "The directory that knows the client ID: a GUID or a domain name.",
      missing: "Enter the tenant that Kalibrate gave you.",
    },
    scope: {
      label: "Scope",
      hint: "The database you may read: api://…/.default",
      missing: "Enter the scope that Kalibrate gave you.",
    },
    clientId: {
      label: "Client ID",
      hint: "The connection’s user name, a GUID such as 3f2b8c1e-0d4a-…",
      missing: "Enter the client ID that Kalibrate gave you.",
    },
    label: {
      label: "Name in formulas (optional)",
      hint: "The name before the colon, as in name:price. If empty, the environment’s own name.",
      missing: "",
    },
    secretExpires: {
      label: "Secret expires on (optional)",
      hint: "You are reminded two weeks before. The date stays on this computer.",
      missing: "",
    },
    clientSecret: {
      label: "Client secret",
      hint: "The connection’s password: the secret’s value, not its ID.",
      missing: "Enter the client secret that Kalibrate gave you.",
    },
  },

  checks: {
    tooLong: (length: number) =>
      `That was ${length.toLocaleString()} characters, far more than a setting has, so it was not used. Paste only the setting.`,
    clientId: "A client ID is a GUID of 36 characters, such as 3f2b8c1e-0d4a-4c55-9e7b-61c0a2d4f890.",
    clientIdIsScope: "This looks like the scope. A client ID is a GUID alone.",
    tenant: "A tenant is a GUID of 36 characters or a domain name such as example.onmicrosoft.com.",
    tenantIsAny: (tenant: string) =>
      `“${tenant}” stands for any tenant. Enter the one that Kalibrate gave you.`,
    scope: "A scope begins with api:// and ends in /.default.",
    label: "A name has letters, digits, dots, hyphens and underscores, at most 40 of them.",
    labelTaken: (name: string) =>
      `“${name}” is connected with another client ID or environment. Give this one another name, or disconnect that one first.`,
    scopeHasSpaces: "Enter one scope, without spaces.",
    secretIsId: "This looks like the secret’s ID. The secret itself is its value, which is not a GUID.",
    noDay: "This is not a complete date. Enter day, month and year, or clear it.",
    dayHasPassed: "This day has passed. Enter the day on which the secret will expire, or clear it.",
    baseUrl: "A base URL looks like https://example.com/api.",
    baseUrlEnds: "A base URL ends before any ? or #.",
    baseUrlIsOpen: "A base URL begins with https://, so that nobody else can read the data.",
  },
} as const;
