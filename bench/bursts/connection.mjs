/**
 * A connection to the sample data, created as the pane does it.
 * @module
 */

/** @param {string} origin of the service */
export async function gatewayConnection(origin) {
  /** @param {string} path @param {object | undefined} body @param {string} [ticket] @returns {Promise<any>} */
  async function call(path, body, ticket) {
    const response = await fetch(`${origin}${path.startsWith("/api") ? path : `/api/v1${path}`}`, {
      method: body === undefined ? "GET" : "POST",
      headers: {
        "X-KAL-Request": "1",
        ...(body !== undefined && { "Content-Type": "application/json" }),
        ...(ticket !== undefined && { Authorization: `Bearer ${ticket}` }),
      },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const answer = await response.json();
    if (!response.ok) throw new Error(JSON.stringify(answer));
    return answer;
  }
  const { connection, ticket, expiresAt } = await call("/session", { environment: "sample" });
  return {
    connection: { ...connection, ticket, expiresAt },
    /** @param {string} path @param {object} [body] */
    post: (path, body) => call(path, body, ticket),
  };
}
