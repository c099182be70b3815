/** A Data API with the given number of prices of 2,000 products over a year, run as a separate process. */
import { once } from "node:events";
import { serveSlice } from "../pulls/serve-slice.mjs";

const count = Number(process.argv[2]);
const block = 1000;
const products = 2000;
const start = Date.UTC(2026, 0, 1);
const year = 365 * 86_400_000;

/** @param {number} number @param {string} kind */
const guid = (number, kind) => `${kind}-0000-4000-8000-${String(number).padStart(12, "0")}`;

/** @param {number} number */
function documentText(number) {
  const product = number % products;
  const time = new Date(start + Math.floor((number / count) * year)).toISOString();
  const day = time.slice(0, 10);
  return `{"id":{"entityId":"${guid(number, "d0c00000")}","entityVersion":1,"tenantId":"7e4a4700-0000-4000-8000-000000000001","collection":"Price","entityType":"Price","entityVariant":"Own","entityOrigin":"Pricing","createdOn":"${day}T00:00:00+00:00","updatedOn":"${day}T00:00:00+00:00"},"data":{"checkedForPg":true,"effectiveTime":"${time.slice(0, 19)}","origin":"Price Generation","price":${(1.2 + ((number * 7919) % 400) / 1000).toFixed(3)},"priceId":${number},"product":{"entityId":"${guid(product, "60d00000")}"},"site":{"entityId":"${guid(product >> 2, "517e0000")}"},"source":"Source ${product % 8}"}}`;
}

/**
 * @param {import("node:http").ServerResponse} response
 * @param {number} from
 * @param {number} to
 */
async function send(response, from, to) {
  response.write("[");
  for (let first = from; first < to; first += block) {
    const some = Array.from({ length: Math.min(block, to - first) }, (_, at) => documentText(first + at));
    const text = some.join(",") + (first + some.length < to ? "," : "");
    if (!response.write(text)) await once(response, "drain");
  }
  response.end("]");
}

serveSlice(count, 0, send, "/price");
