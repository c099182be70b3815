import { describe, expect, it } from "vitest";
import { noSignals } from "../../../../src/kalibrate/documents/answer.ts";
import { signalsOfHeaders } from "../../../../src/gateway/data-api/header-signals.ts";

describe("headers that say that more follows", () => {
  it.each<Record<string, string | string[]>>([
    { link: '<https://elsewhere.invalid/api/site?page=2>; rel="next"' },
    { link: '<x>; rel="self", <y>; rel=next; title="b"' },
    { link: ["<x>; rel=prev", '<y>; rel="last next"'] },
    { "x-ms-continuation": "abc" },
    { "x-ms-continuationtoken": "abc" },
    { "x-continuation-token": "abc" },
    { "x-next-page": "2" },
    { "x-has-more": "true" },
    { "x-pagination": '{"TotalCount":12,"HasNext":true}' },
  ])("%j", (headers) => expect(signalsOfHeaders(headers).hasMore).toBe(true));

  it.each<Record<string, string | string[]>>([
    {},
    { link: '<https://a/next>; rel="self"' },
    { link: "<x>; rel=nextish, <y>; title=next" },
    { "x-next-page": "" },
    { "x-ms-continuation": "" },
    { "x-has-more": "false" },
    { "x-next-request-in": "30" },
    { "x-pagination": "{broken" },
    { "content-length": "20", "x-ratelimit-limit": "20", "x-error": "x" },
  ])("are not %j", (headers) => expect(signalsOfHeaders(headers)).toEqual(noSignals));
});

describe("headers that say that more may follow", () => {
  it.each<Record<string, string>>([
    { "x-total-pages": "3" },
    { "x-page-count": "3", "x-page": "1" },
    { "x-pages": "3" },
    { "x-cursor": "abc" },
    { "x-pagination": '{"totalPages":3,"currentPage":1}' },
  ])("%j", (headers) => expect(signalsOfHeaders(headers).mayHaveMore).toBe(true));

  it("are none on the last page", () => {
    expect(signalsOfHeaders({ "x-total-pages": "3", "x-page": "3" })).toEqual(noSignals);
  });
});

describe("headers that say how many there are", () => {
  it.each<Record<string, string>>([
    { "x-total-count": "20" },
    { "x-total": "20" },
    { "x-total-results": "20" },
    { "x-count": "20" },
    { "x-ms-item-count": "20" },
    { "content-range": "items 0-11/20" },
    { "x-pagination": '{"currentPage":1,"totalCount":20}' },
  ])("%j", (headers) => expect(signalsOfHeaders(headers)).toEqual({ ...noSignals, total: 20 }));

  it("may not know it", () => {
    expect(signalsOfHeaders({ "content-range": "items 0-11/*" }).total).toBeUndefined();
  });
});
