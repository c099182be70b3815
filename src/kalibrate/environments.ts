/**
 * Environments: a Data API base URL with the identity provider that issues its tokens.
 * @module
 */

export interface Environment {
  /** Short name: the part before the colon in formulas. */
  readonly id: string;
  readonly label: string;
  /** Base URL of the Data API: ends in `/api`, without a trailing slash. */
  readonly apiBaseUrl: string;
  /** Origin of the identity provider; the token endpoint is `{authority}/{tenant}/oauth2/v2.0/token`. */
  readonly authority: string;
  /** Entra tenant. Absent if every customer enters their own. */
  readonly tenant?: string;
  /** Default client id for users who connect with credentials. */
  readonly clientId?: string;
  /** Default scope for users who connect with credentials. */
  readonly scope?: string;
  /** Sample environment only: public credentials, so that one click connects. */
  readonly credentials?: Credentials;
}

/** What the identity provider requires; Kalibrate issues it. */
export interface Credentials {
  readonly clientId: string;
  /** The secret, or a certificate with its private key (PEM). */
  readonly clientSecret: string;
  readonly scope: string;
}

/** Entra's public cloud; the vendor's samples use it and its alias login.microsoft.com. */
export const defaultAuthority = "https://login.microsoftonline.com";

/**
 * Environments that need no configuration. The Sandpit's host and tenant are from the vendor's authentication tutorial.
 * Production hosts differ by region and must be configured.
 */
export const builtInEnvironments: readonly Environment[] = [
  {
    id: "sandpit",
    label: "Sandpit (test)",
    apiBaseUrl: "https://dev.data.thekalibratecloud.com/api",
    authority: defaultAuthority,
    tenant: "efa98c7b-2114-46e8-be99-954a4f1a2d9c",
  },
];

/** The parts of a `URL` used here; the domain is compiled without the DOM and Node, which define the class. */
interface UrlParts {
  readonly origin: string;
  readonly pathname: string;
}

/**
 * Normalises a base URL that may end in `/api`, in a slash, in both or in neither (the vendor's own template and
 * Postman collection differ).
 */
export function normaliseBaseUrl({ origin, pathname }: UrlParts): string {
  const path = pathname.replace(/\/+$/, "");
  return `${origin}${/\/api$/i.test(path) ? path : `${path}/api`}`;
}
