/**
 * A Data API with the given number of wide documents, run as a separate process. It only copies bytes, so that the
 * reader's time is measured.
 */
import { once } from "node:events";
import { serveSlice } from "./serve-slice.mjs";

const [count = 100_000, delay = 0] = process.argv.slice(2).map(Number);
const block = 1000;
const digits = 12;

/** One document of about 3 kB, with its number in the id. */
function documentText() {
  /** @type {Record<string, unknown>} */
  const data = {};
  for (let number = 0; number < 78; number += 1)
    data[`attributeNumber${number}`] = number % 3 ? number * 1.125 : number % 2 === 0;
  for (let number = 0; number < 8; number += 1)
    data[`textAttribute${number}`] = `Some "text" of a usual length ${number}`;
  data.competitorSites = Array.from({ length: 4 }, (_, at) => ({
    entityId: `c0ffee00-0000-4000-8000-00000000000${at}`,
    show: true,
  }));
  Object.assign(data, { name: "Unleaded", importCode: "0001", active: true, currentPrice: 1.459 });
  Object.assign(data, {
    site: { entityId: "5173d000-0000-4000-8000-000000000001" },
    currentPriceEffectiveTime: "2026-11-20T06:00:00",
  });
  const id = {
    entityId: `d0c00000-0000-4000-8000-${"0".repeat(digits)}`,
    entityVersion: 1,
    tenantId: "7e4a4700-0000-4000-8000-000000000001",
    collection: "Product",
    entityType: "Product",
    entityVariant: "Own",
    entityOrigin: "Pricing",
    createdOn: "2026-01-01T00:00:00+00:00",
    updatedOn: "2026-11-20T06:00:00+00:00",
  };
  return JSON.stringify({ id, data });
}

const documentBytes = Buffer.from(`${documentText()},`);
const numberAt = documentBytes.indexOf("0".repeat(digits));
const template = Buffer.concat(Array.from({ length: block }, () => documentBytes));

/**
 * The documents `from` to `to`, in blocks.
 * @param {import("node:http").ServerResponse} response
 * @param {number} from
 * @param {number} to
 */
async function send(response, from, to) {
  response.write("[");
  for (let first = from; first < to; first += block) {
    const some = Math.min(block, to - first);
    const bytes = Buffer.from(template.subarray(0, some * documentBytes.length));
    for (let index = 0; index < some; index += 1) {
      bytes.write(
        String(first + index).padStart(digits, "0"),
        index * documentBytes.length + numberAt,
        "latin1",
      );
    }
    const last = first + some >= to;
    if (!response.write(last ? bytes.subarray(0, -1) : bytes)) await once(response, "drain");
  }
  response.end("]");
}

serveSlice(count, delay, send);
