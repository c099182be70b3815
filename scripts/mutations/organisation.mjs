/**
 * The organisation's connections, analysts who sign in, and the audit of what they do.
 * @module
 */

/** The tests of signing in. */
const signIn = ["test/gateway/sign-in.test.ts"];
const token = ["test/unit/gateway/sign-in/access-token.test.ts"];
const audit = ["test/gateway/audit.test.ts"];
const replicas = ["test/unit/gateway/shared/replicas.test.ts"];

/** @type {import("./mutations.mjs").Mutation[]} */
export const organisation = [
  {
    requirement: "R22",
    without: "the next secret",
    file: "src/gateway/token-service/try-held-secrets.ts",
    find: "of held.candidates()",
    replace: "of held.candidates().slice(0, 1)",
    tests: ["test/unit/gateway/token-service/held-secrets.test.ts"],
  },
  {
    requirement: "R22",
    without: "the scrubbing of the next secret",
    file: "src/gateway/sessions/connection.ts",
    find: "return held ? held.values : [credentials.clientSecret];",
    replace: "return held ? [] : [credentials.clientSecret];",
    tests: signIn,
  },
  {
    requirement: "R23",
    without: "the list of algorithms",
    file: "src/gateway/sign-in/access-token.ts",
    find: '        algorithms: ["RS256"],\n',
    replace: "",
    tests: token,
  },
  {
    requirement: "R23",
    without: "the check of the issuer",
    file: "src/gateway/sign-in/access-token.ts",
    find: "        issuer: `${authority}/${tenant}/v2.0`,\n",
    replace: "",
    tests: token,
  },
  {
    requirement: "R23",
    without: "the check of the audience",
    file: "src/gateway/sign-in/access-token.ts",
    find: "        audience,\n        clockTolerance",
    replace: "        clockTolerance",
    tests: token,
  },
  {
    requirement: "R23",
    without: "the check of the tenant",
    file: "src/gateway/sign-in/access-token.ts",
    find: 'text("tid").toLowerCase() !== tenant',
    replace: 'text("tid") === ""',
    tests: token,
  },
  {
    requirement: "R23",
    without: "the check of the program that asked",
    file: "src/gateway/sign-in/access-token.ts",
    find: 'text("azp").toLowerCase() !== clientId',
    replace: "clientId === audience",
    tests: token,
  },
  {
    requirement: "R23",
    without: "the refusal of programs' own tokens",
    file: "src/gateway/sign-in/access-token.ts",
    find: 'text("idtyp") === "app"',
    replace: 'text("idtyp") === ""',
    tests: token,
  },
  {
    requirement: "R24",
    without: "roles",
    file: "src/gateway/sessions/organisation-connections.ts",
    find: "roles.some((role) => entry.roles.has(role))",
    replace: "roles.length >= 0 && entry.roles.size > 0",
    tests: signIn,
  },
  {
    requirement: "R24",
    without: "the end of the token",
    file: "src/gateway/sign-in/sign-in.ts",
    find: "Math.min(expiresAt + clockTolerance * 1000, now() + maxLife)",
    replace: "Math.max(expiresAt + clockTolerance, now() + maxLife)",
    tests: signIn,
  },
  {
    requirement: "R24",
    without: "the end of typed sessions where they are switched off",
    file: "src/gateway/sessions/sessions.ts",
    find: "if (record.credentials && !typedCredentials) return undefined;",
    replace: "if (!typedCredentials && !record) return undefined;",
    tests: signIn,
  },
  {
    requirement: "R25",
    without: "the audit of requests",
    file: "src/gateway/server.ts",
    find: '  app.addHook("onRequest", auditRequests(audit, services.metrics));\n',
    replace: "",
    tests: audit,
  },
  {
    requirement: "R27",
    without: "the place of a sealed answer",
    file: "src/gateway/sessions/seal.ts",
    find: "const bound = (place: string) => Buffer.from(place);",
    replace: "const bound = (place: string) => Buffer.from(typeof place);",
    tests: replicas,
  },
  {
    requirement: "R27",
    without: "the cache key in the seal of answers",
    file: "src/gateway/shared/replicas.ts",
    find: 'const sealKey = derive("shared answers");',
    replace: 'const sealKey = Buffer.alloc(32, derive("x").length);',
    tests: replicas,
  },
  {
    requirement: "R27",
    without: "the cache key in the names of answers",
    file: "src/gateway/shared/replicas.ts",
    find: 'const nameKey = derive("names of shared answers");',
    replace: 'const nameKey = Buffer.alloc(32, derive("x").length);',
    tests: replicas,
  },
  {
    requirement: "R27",
    without: "the question in the names of answers",
    file: "src/gateway/shared/replicas.ts",
    find: "`${version}\\n${key}`",
    replace: "`${version}\\n${typeof key}`",
    tests: replicas,
  },
  {
    requirement: "R27",
    without: "the seal",
    file: "src/gateway/sessions/seal.ts",
    find: "const sealed = Buffer.concat([cipher.update(bytes), cipher.final()]);",
    replace: "const sealed = Buffer.concat([bytes, cipher.final()]);",
    tests: replicas,
  },
  {
    requirement: "R26",
    without: "turns among people",
    file: "src/gateway/turns.ts",
    find: "    people.delete(person);\n    people.set(person, requests);\n",
    replace: "",
    tests: ["test/unit/gateway/turns.test.ts"],
  },
  {
    requirement: "R26",
    without: "the part of the rate that is each analyst's",
    file: "src/gateway/fair-rate-limit.ts",
    find: "if (fade(use) >= limit / active) return wait;",
    replace: "if (active > 0) return wait;",
    tests: ["test/unit/gateway/fair-rate-limit.test.ts"],
  },
];
