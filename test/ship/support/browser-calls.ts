/**
 * Calls over HTTP/2 as a browser makes them: one connection, a new one where the server ends it, and once more what the
 * server has not begun.
 * @module
 */
import http2, { type ClientHttp2Session, constants, type IncomingHttpHeaders } from "node:http2";
import type { LookupFunction } from "node:net";

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface BrowserCalls {
  call(
    method: string,
    path: string,
    options?: { body?: unknown; headers?: Record<string, string> },
  ): Promise<Answer>;
  close(): void;
}

const toThisComputer: LookupFunction = (_host, { all }, done) =>
  all ? done(null, [{ address: "127.0.0.1", family: 4 }]) : done(null, "127.0.0.1", 4);

/**
 * @param origin whose name leads to this computer, whichever it is.
 * @param ca certificate authority of the origin, in PEM.
 */
export function browserCalls(origin: string, ca: string): BrowserCalls {
  let session: ClientHttp2Session | undefined;

  function connection(): ClientHttp2Session {
    if (session && !session.closed && !session.destroyed) return session;
    const opened = http2.connect(origin, { ca, lookup: toThisComputer });
    opened.on("error", () => undefined);
    opened.on("goaway", () => {
      if (session === opened) session = undefined;
      opened.close();
    });
    session = opened;
    return opened;
  }

  function once(headers: Record<string, string>, body: string | undefined): Promise<Answer | "not begun"> {
    return new Promise((resolve, reject) => {
      const stream = connection().request(headers);
      let answer: IncomingHttpHeaders | undefined;
      let text = "";
      stream.setEncoding("utf8");
      stream.on("response", (received) => (answer = received));
      stream.on("data", (part: string) => (text += part));
      stream.on("error", (cause) => {
        if (stream.rstCode === constants.NGHTTP2_REFUSED_STREAM) resolve("not begun");
        else reject(new Error("the answer broke off", { cause }));
      });
      stream.on("close", () => {
        if (answer) resolve({ status: Number(answer[":status"]), headers: answer, body: text });
        else reject(new Error(`no answer (HTTP/2 code ${stream.rstCode})`));
      });
      stream.end(body);
    });
  }

  return {
    async call(method, path, { body, headers } = {}) {
      const all = {
        ":method": method,
        ":path": path,
        "x-kal-request": "1",
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      };
      const text = body === undefined ? undefined : JSON.stringify(body);
      const answer = await once(all, text);
      if (answer !== "not begun") return answer;
      const again = await once(all, text);
      if (again === "not begun") throw new Error("refused twice");
      return again;
    },
    close: () => session?.close(),
  };
}
