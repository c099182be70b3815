/**
 * Environments: a Data API base URL with the identity provider that issues its tokens.
 * @module
 */

export interface Environment {
  /** Short name, used in formulas before the colon. */
  readonly id: string;
  readonly label: string;
  /** Base URL of the Data API, ending in `/api`, without a slash at the end. */
  readonly apiBaseUrl: string;
  /** Origin of the identity provider; the token endpoint is `{authority}/{tenant}/oauth2/v2.0/token`. */
  readonly authority: string;
  /** Entra tenant. Absent where every customer enters their own. */
  readonly tenant?: string;
  /** Client id for those who connect with credentials and leave it out. */
  readonly clientId?: string;
  /** Scope for those who connect with credentials and leave it out. */
  readonly scope?: string;
  /** Only for the sample environment: credentials that are no secret, so that one click connects. */
  readonly credentials?: Credentials;
}

/** What the identity provider asks for, as Kalibrate hands it out. */
export interface Credentials {
  readonly clientId: string;
  /** The secret, or a certificate with its private key (PEM). */
  readonly clientSecret: string;
  readonly scope: string;
}

/** Entra's public cloud; the vendor's samples use it and its alias login.microsoft.com. */
export const defaultAuthority = "https://login.microsoftonline.com";

/**
 * The environments that are known without configuration. The Sandpit's host and tenant stand in the vendor's
 * authentication tutorial; production hosts differ by region and are configuration.
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

/** The parts of a `URL` that count; the domain itself has no such class. */
interface UrlParts {
  readonly origin: string;
  readonly pathname: string;
}

/**
 * One base URL for the four ways people write it: with and without `/api`, with and without a slash at the
 * end (the vendor's own template and Postman collection differ).
 */
export function normaliseBaseUrl({ origin, pathname }: UrlParts): string {
  const path = pathname.replace(/\/+$/, "");
  return `${origin}${/\/api$/i.test(path) ? path : `${path}/api`}`;
}
