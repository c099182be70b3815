/** Functions that return a constant: the time of Excel, office.js and the emulated host alone. */
export const constants = {
  fileName: "constants.js",
  code: `for (const id of ["QUERY", "LOOKUP", "STATUS"]) {
    CustomFunctions.associate(id, () => Promise.resolve([["constant"]]));
  }`,
};

/**
 * Microsoft's article on batching custom function calls, implemented from its description: every call joins a list with
 * its promise; the first one starts a timer of 100 ms; the timer sends the list in one request and settles the promises
 * by position.
 * @param {string} ticket
 */
export const batchingPattern = (ticket) => ({
  fileName: "batching.js",
  code: `{
    let batch = [];
    let isSet = false;
    CustomFunctions.associate("LOOKUP", (collection, query, field, keys, values) => {
      const entry = { values: values.map((rows) => rows[0][0]) };
      batch.push(entry);
      entry.promise = new Promise((resolve, reject) => Object.assign(entry, { resolve, reject }));
      if (!isSet) {
        isSet = true;
        setTimeout(() => send({ collection, query: query[0][0], field: field[0][0], keys: keys[0][0].split(", ") }), 100);
      }
      return entry.promise;
    });
    async function send({ collection, query, field, keys }) {
      const entries = batch;
      batch = [];
      isSet = false;
      const response = await fetch("/api/v1/lookup", {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-KAL-Request": "1", Authorization: "Bearer ${ticket}" },
        body: JSON.stringify({
          collection, query, keys, requests: [{ field, values: entries.map(({ values }) => values) }],
        }),
      });
      const { results } = await response.json();
      entries.forEach(({ resolve }, at) => resolve([[results[0][at].value]]));
    }
  }`,
});
