/**
 * The customer whose data the simulator holds. All ids are invented.
 * @module
 */

/** The Entra tenant that issues tokens. */
export const tenant = "5d9c1f84-6b1e-4a57-9c0d-2f7be3a1c860";

/** The customer's GUID, which the Data API calls `tenantId`. */
export const customerId = "a3f0c7d2-91b4-4e6f-8d25-7c60b1e9f438";

/** The token's audience; it selects the customer's database. The host is reserved for examples (RFC 2606). */
export const audience = `api://data.pellow.example/${customerId}`;

export const scope = `${audience}/.default`;
