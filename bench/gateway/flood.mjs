/**
 * Sends the same request again and again, on connections with several requests in flight. Of an answer it reads only
 * status and length, so that the service gets nearly all of the processor time.
 * @module
 */
import { once } from "node:events";
import net from "node:net";

const inFlight = 4;
const good = Buffer.from("HTTP/1.1 200 ");
const headEnd = Buffer.from("\r\n\r\n");

/**
 * @param {object} options
 * @param {string} options.origin
 * @param {string} options.path
 * @param {Record<string, string>} options.headers
 * @param {string} options.body
 * @param {number} options.connections
 * @returns {Promise<{ run: (count: number) => Promise<void>, close: () => void }>}
 */
export async function openFlood({ origin, path, headers, body, connections }) {
  const { hostname, port, host } = new URL(origin);
  const lines = Object.entries({ host, ...headers, "content-length": String(Buffer.byteLength(body)) });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  const text = `POST ${path} HTTP/1.1\r\n${head}\r\n${body}`;
  let count = 100_000_000;
  // No two requests are equal: those would share one pull.
  const nextRequest = () => text.replace("100000000", String((count += 1)));
  const sockets = Array.from({ length: connections }, () =>
    net.connect({ host: hostname, port: Number(port) }),
  );
  await Promise.all(sockets.map((socket) => once(socket, "connect")));

  /** @param {net.Socket} socket @param {{ left: number }} work */
  const drive = (socket, work) =>
    new Promise((/** @type {(value?: undefined) => void} */ done, failed) => {
      let open = 0;
      /** @type {Buffer} */
      let rest = Buffer.alloc(0);
      const send = () => {
        let due = 0;
        while (open + due < inFlight && work.left > 0) {
          work.left--;
          due++;
        }
        open += due;
        if (due > 0) socket.write(Array.from({ length: due }, nextRequest).join(""));
        else if (open === 0) finish();
      };
      /** @param {Buffer} chunk */
      const read = (chunk) => {
        rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
        for (;;) {
          const end = rest.indexOf(headEnd);
          if (end < 0) break;
          const length = Number(/content-length: (\d+)/i.exec(rest.toString("latin1", 0, end))?.[1]);
          if (!rest.subarray(0, good.length).equals(good) || !(length > 0)) {
            return finish(new Error(rest.toString("utf8", 0, 1000)));
          }
          if (rest.length < end + headEnd.length + length) break;
          rest = rest.subarray(end + headEnd.length + length);
          open--;
        }
        send();
      };
      const ended = () => finish(new Error("the service closed the connection"));
      const finish = (/** @type {Error | undefined} */ error = undefined) => {
        socket.off("data", read).off("close", ended);
        if (error) failed(error);
        else done();
      };
      socket.on("data", read).on("close", ended);
      send();
    });

  return {
    async run(count) {
      const work = { left: count };
      await Promise.all(sockets.map((socket) => drive(socket, work)));
    },
    close: () => sockets.forEach((socket) => socket.destroy()),
  };
}
