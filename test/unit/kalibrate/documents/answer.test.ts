import { describe, expect, it } from "vitest";
import { readAnswer, refuseErrorElement } from "../../../../src/kalibrate/documents/answer.ts";

const list = [{ id: {}, data: {} }, null];

describe("the list", () => {
  it.each<[string, unknown]>([
    ["a bare list", list],
    ["data", { data: list }],
    ["items", { items: list, total: 2 }],
    ["value", { "@odata.context": "…", value: list }],
    ["results in another letter case", { Results: list }],
    ["an envelope within an envelope", { success: true, data: { items: list, total: 2 } }],
    ["OData 2", { d: { results: list, __count: "2" } }],
    ["Cosmos DB", { _rid: "x", Documents: list, _count: 2 }],
  ])("is found in %s", (_, body) => {
    expect(readAnswer(body)).toMatchObject({ elements: list, hasMore: false });
  });

  it.each([undefined, null, "", [], { data: [] }])("has no elements in %j", (body) => {
    expect(readAnswer(body).elements).toEqual([]);
  });

  it.each([{}, { message: "no" }, { id: {}, data: {} }, { id: {}, data: { items: [] } }, "text", 5, true])(
    "is not found in %j",
    (body) => expect(() => readAnswer(body)).toThrow("not a list of records"),
  );

  it("is refused if there are two", () => {
    expect(() => readAnswer({ data: list, results: [] })).toThrow("several lists: “data” and “results”");
  });
});

describe("an answer that failed", () => {
  it.each<object>([
    { errors: [{ message: "Index offline" }] },
    { Errors: { name: ["is wrong"] } },
    { error: "Index offline" },
    { error: { code: 17 } },
    { "@odata.error": { code: "17" } },
    { error: true },
    { errorMessage: "Index offline" },
    { errorCode: 17 },
    { exception: "System.TimeoutException" },
    { fault: { faultstring: "x" } },
    { success: false },
    { isSuccess: false },
    { Succeeded: "false" },
    { ok: false },
    { hasErrors: true },
    { status: "error" },
    { status: "Failed" },
    { status: 500 },
    { statusCode: "503" },
    { code: 404 },
    { meta: { success: false } },
    { response: { status: 500 } },
    { result: "failed" },
    { outcome: "Error" },
    { success: 0 },
    { ok: 0 },
    { validationErrors: { name: ["is wrong"] } },
    { innerExceptions: [{ message: "x" }] },
    { meta: { failures: [{ shard: 3 }] } },
  ])("is refused: %j", (signal) => {
    expect(() => readAnswer({ ...signal, data: [] })).toThrow("says that its answer failed");
    expect(() => readAnswer({ data: list, ...signal })).toThrow("says that its answer failed");
  });

  it("is reported in the server's words", () => {
    expect(() => readAnswer({ data: [], errors: [{ code: "X1", message: "Index is offline." }] })).toThrow(
      "It says: Index is offline.",
    );
  });

  it.each<object>([
    { errors: [] },
    { errors: {} },
    { errors: null },
    { error: "" },
    { error: null },
    { errorCode: 0 },
    { errorCode: "0" },
    { errorMessage: "No error" },
    { hasErrors: false },
    { success: true },
    { isSuccess: "true" },
    { status: "success" },
    { status: 200 },
    { code: 0 },
    { statusCode: 200, message: "OK" },
    { warnings: ["slow"] },
  ])("is not %j", (signal) => {
    expect(readAnswer({ ...signal, data: list })).toEqual({
      elements: list,
      hasMore: false,
      mayHaveMore: false,
      total: undefined,
    });
  });
});

describe("more follows", () => {
  it.each<object>([
    { "@odata.nextLink": "https://elsewhere.example/?$skip=12" },
    { "odata.nextLink": "x" },
    { nextLink: "x" },
    { next: "x" },
    { __next: "x" },
    { nextPage: 2 },
    { next_cursor: "x" },
    { nextPageToken: "x" },
    { continuation: "x" },
    { continuationToken: { token: "x" } },
    { "x-ms-continuation": "x" },
    { hasMore: true },
    { has_more: true },
    { hasNextPage: true },
    { truncated: true },
    { isTruncated: true },
    { last: false },
    { isFinalPage: false },
    { complete: false },
    { complete: "false" },
    { eof: false },
    { endOfRecords: false },
    { incomplete_results: true },
    { timed_out: true },
    { links: { next: "x" } },
    { _links: { self: { href: "y" }, next: { href: "x" } } },
    { links: [{ rel: "self" }, { rel: "next", href: "x" }] },
    { paging: { next: "x" } },
    { meta: { pagination: { links: { next: "x" } } } },
    { pageInfo: { hasNextPage: true, endCursor: "x" } },
  ])("is announced by %j", (signal) => {
    expect(readAnswer({ value: list, ...signal }).hasMore).toBe(true);
  });

  it.each<object>([
    { "@odata.nextLink": null },
    { next: "" },
    { nextPage: 0 },
    { continuationToken: {} },
    { hasMore: false },
    { last: true },
    { complete: true },
    { timed_out: false },
    { links: { self: "x", next: null } },
    { links: [{ rel: "self", href: "x" }] },
    { context: "x", count: 12 },
  ])("is not announced by %j", (signal) => {
    expect(readAnswer({ value: list, ...signal }).hasMore).toBe(false);
  });
});

describe("more may follow", () => {
  it.each<object>([
    { totalPages: 2 },
    { page: 1, pages: 3 },
    { currentPage: 1, pageCount: "3" },
    { current_page: 2, last_page: 3 },
    { numberOfPages: 2 },
    { meta: { page: { current: 1, last: 4 } } },
    { page: { number: 0, totalPages: 2 } },
    { cursor: "abc" },
    { $skiptoken: "abc" },
    { pageToken: "abc" },
    { _scroll_id: "abc" },
    { marker: "abc" },
    { lastEvaluatedKey: { id: 7 } },
    { paging: { cursors: { after: "abc" } } },
    { remaining: 8 },
  ])("where an answer holds %j", (signal) => {
    expect(readAnswer({ value: list, ...signal })).toMatchObject({ hasMore: false, mayHaveMore: true });
  });

  it.each<object>([
    { totalPages: 1 },
    { totalPages: 1, page: 0 },
    { totalPages: 3, page: 3 },
    { cursor: null },
    { marker: "" },
    { remaining: 0 },
    { pageInfo: { hasNextPage: false, endCursor: "abc" } },
    { cursor: "abc", next: null },
    { isTruncated: false, marker: "abc" },
    { pageSize: 100, page: 1, last: true },
  ])("but not where it holds %j", (signal) => {
    expect(readAnswer({ value: list, ...signal })).toMatchObject({ hasMore: false, mayHaveMore: false });
  });
});

describe("an element of a list without an id", () => {
  it.each<object>([
    { error: { code: "IX7", message: "The index is offline." } },
    { errors: [{ message: "x" }] },
    { Error: "x", traceId: "1", status: 500 },
    { data: null, errors: [{ message: "x" }] },
    { success: false, message: "x" },
    { exceptionMessage: "x" },
  ])("is refused if it reports a failure: %j", (element) => {
    expect(() => refuseErrorElement(element)).toThrow("says that its answer failed");
  });

  it.each<unknown>([
    { name: "High Street", status: "Failed", code: 404 },
    { name: "x", errors: [] },
    { data: { name: "x" }, error: "of the record’s own" },
    { data: { errors: ["of the record’s own"] } },
    [],
    "error",
  ])("is accepted: %j", (element) => expect(() => refuseErrorElement(element)).not.toThrow());
});

describe("the total", () => {
  it.each<object>([
    { "@odata.count": 20 },
    { "odata.count": "20" },
    { __count: "20" },
    { count: 20 },
    { total: 20 },
    { Total: 20 },
    { totalCount: 20 },
    { total_count: 20 },
    { totalItems: 20 },
    { totalResults: 20 },
    { totalRecords: 20 },
    { totalElements: 20 },
    { recordCount: 20 },
    { recordsFiltered: 20, recordsTotal: 900 },
    { numFound: 20 },
    { numberOfItems: 20 },
    { total: { value: 20, relation: "eq" } },
    { meta: { total: 20 } },
    { page: { size: 12, totalElements: 20, totalPages: 2, number: 0 } },
    { count: 2, totalCount: 20 },
  ])("is read from %j", (signal) => {
    expect(readAnswer({ value: list, ...signal }).total).toBe(20);
  });

  it.each<object>([{ pageCount: 3 }, { discount: 3 }, { account: 3 }, { count: "many" }, { retryCount: 3 }])(
    "is not read from %j",
    (signal) => {
      expect(readAnswer({ value: list, ...signal }).total).toBeUndefined();
    },
  );
});
