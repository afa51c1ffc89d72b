// Who may import whom, as code: `npm run floors`. Imports go down the floors, never up and never sideways
// where rooms are strangers. lib/floors.test.ts plants a violation of each rule and expects it to be seen.

const { readdirSync, readFileSync } = require("node:fs");
const { join } = require("node:path");

/** Each room, and the path that is its door. */
const ROOMS = {
  app: "^(app/|proxy\\.ts$)",
  components: "^components/",
  actions: "^lib/actions/",
  worker: "^lib/worker/",
  "worker/jobs": "^lib/worker/jobs/",
  cli: "^lib/cli/",
  commands: "^lib/commands/",
  queries: "^lib/queries/",
  doors: "^lib/doors/",
  gate: "^lib/gate/",
  db: "^lib/db/",
  "db/client": "^lib/db/(client|away|clock|contention)\\.ts$",
  generated: "^lib/generated/",
  plugins: "^lib/plugins/",
  "plugins/heads": "^lib/plugins/importers/(recognise|generic/mapped)\\.ts$",
  "plugins/trackers": "^lib/plugins/connectors/(registry|contract)\\.ts$",
  "plugins/letters": "^lib/plugins/notifiers/(registry|contract)\\.ts$",
  domain: "^lib/domain/",
  env: "^lib/env(-schema)?\\.m?[jt]s$",
  manifest: "^package\\.json$",
  outbound: "^lib/outbound\\.ts$",
  testing: "^lib/testing/",
  bench: "^lib/bench/",
};

/** The table of the house: a room, and the rooms that it may import beside itself. */
const MAY_IMPORT = {
  app: ["components", "queries", "doors", "actions", "commands", "domain"],
  components: ["actions", "domain", "queries"], // queries as types alone: a rule of its own below
  actions: ["commands", "queries", "doors", "domain"], // queries: an answer carries the rows that it changed
  worker: ["commands", "queries", "plugins", "gate", "domain", "env", "db/client", "outbound"],
  cli: ["commands", "queries", "plugins", "gate", "domain", "env", "db/client", "outbound", "worker/jobs"], // a job may be run by hand
  bench: ["worker", "commands", "queries", "plugins", "gate", "db", "domain", "env", "testing"], // it measures the doors from outside, and waits for what stands in the tables
  commands: ["gate", "db", "domain"],
  queries: ["gate", "db", "domain", "plugins/heads", "plugins/trackers"], // the first bytes of a report, and the request that a ticket would be, for whoever is about to send it
  doors: ["gate", "db/client", "domain", "env", "plugins/trackers", "plugins/letters", "outbound"], // a tracker or the mail server is tried while somebody waits, and webhooks are signed
  gate: ["db", "domain", "env"], // the key of sealed secrets
  plugins: ["domain", "outbound"],
  db: ["domain", "env", "generated"],
  domain: [],
  env: ["manifest"],
  outbound: ["domain", "env"],
};

/** Plug-ins by name, as the registries import them. */
const PLUG_INS = readdirSync(join(__dirname, "plugins"))
  .flatMap((kind) => [...readFileSync(join(__dirname, "plugins", kind, "registry.ts"), "utf8").matchAll(/from "\.\/([a-z0-9-]+)"/g)])
  .map(([, name]) => name)
  .filter((name) => name !== "contract")
  .join("|");

const TESTS = "\\.test\\.tsx?$|^lib/testing/|^e2e/";
const EVERY_ROOM = "^(app|components|lib|proxy\\.ts$)";

const table = Object.entries(MAY_IMPORT).map(([room, others]) => ({
  name: `${room}-imports`,
  comment: `${room} may import ${others.join(", ") || "nothing but itself"}`,
  severity: "error",
  from: { path: ROOMS[room], pathNot: TESTS },
  to: { path: EVERY_ROOM, pathNot: [ROOMS[room], ...others.map((other) => ROOMS[other])] },
}));

const more = [
  {
    name: "no-circle",
    comment: "two files that need each other are one file, or hide a third; a circle of types alone is gone once compiled",
    severity: "error",
    from: {},
    to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
  },
  {
    name: "components-take-types-from-queries",
    comment: "a value would drag the database into the browser",
    severity: "error",
    from: { path: ROOMS.components, pathNot: TESTS },
    to: { path: ROOMS.queries, dependencyTypesNot: ["type-only"] },
  },
  {
    name: "commands-are-strangers",
    comment: "a command that calls a command opens a transaction in a transaction; steps that verbs of one noun share lie a folder deeper",
    severity: "error",
    from: { path: "^lib/commands/([^/]+)/", pathNot: TESTS },
    to: { path: ROOMS.commands, pathNot: "^lib/commands/$1/[^/]+/" },
  },
  {
    name: "plug-ins-are-strangers",
    comment: "a plug-in sees the folder of its tool (nessus-csv: nessus), its contract and its kind's tools (files and folders that the registry does not list)",
    severity: "error",
    from: { path: `^lib/plugins/([^/]+)/(?=(?:${PLUG_INS})[./])([a-z0-9-]+?)(?:-csv|-json)?[./]`, pathNot: TESTS },
    to: { path: "^lib/plugins/", pathNot: ["^lib/plugins/$1/$2[./]", `^lib/plugins/$1/(?!(?:${PLUG_INS}|registry)[./])`] },
  },
  {
    name: "only-the-registry-sees-plug-ins",
    comment: "everything else asks the registry, so that a new plug-in is one line",
    severity: "error",
    from: { path: "^(app|components|lib)/", pathNot: [TESTS, "^lib/plugins/"] },
    to: { path: "^lib/plugins/", pathNot: "^lib/plugins/[^/]+/(registry|recognise|contract|limits|reading/whole|generic/mapped)\\.ts$" },
  },
  {
    name: "only-db-opens-prisma",
    comment: "one room opens the database; the launcher, doctor and bench speak to the server itself",
    severity: "error",
    from: { path: EVERY_ROOM, pathNot: [TESTS, ROOMS.db, ROOMS.generated, ROOMS.cli, ROOMS.bench] },
    to: { path: "^lib/generated/|node_modules/(pg|pg-copy-streams|@prisma/[^/]+)/", dependencyTypesNot: ["type-only"] },
  },
  {
    name: "only-the-gate-writes-the-log",
    comment: "the log and the outbox are written in one line, in lib/gate/commit.ts",
    severity: "error",
    from: { path: EVERY_ROOM, pathNot: [TESTS, ROOMS.gate, "^lib/db/audit-log\\.ts$"] }, // an entry leaves its message in the outbox by the same statement
    to: { path: "^lib/db/(audit-log|outbox)\\.ts$" },
  },
  {
    name: "domain-is-pure",
    comment: "browser and server share it: no input or output, no React, no database, no clock",
    severity: "error",
    from: { path: ROOMS.domain, pathNot: TESTS },
    to: { path: "^(node:)?(fs|os|path|net|http|https|child_process|crypto|timers|worker_threads)(/|$)|node_modules/(react|react-dom|next|next-auth|pg|@prisma/[^/]+|graphile-worker|pino)/" },
  },
  {
    name: "network-through-outbound",
    comment: "one file meets the network, with a time limit, a size limit and a guard on addresses",
    severity: "error",
    from: { path: "^lib/(actions|commands|queries|doors|gate|db|plugins)/", pathNot: TESTS },
    to: { path: "^(node:)?(http|https|http2|net|tls|dgram)$|node_modules/undici/" },
  },
  {
    name: "testing-stays-in-tests",
    comment: "makers and clocks of the tests have no place in the product; the bench is none of it",
    severity: "error",
    from: { path: EVERY_ROOM, pathNot: [TESTS, ROOMS.bench] },
    to: { path: ROOMS.testing },
  },
  {
    name: "tests-are-not-imported",
    comment: "a test file is nobody's tool",
    severity: "error",
    from: {},
    to: { path: "\\.test\\.tsx?$" },
  },
];

module.exports = {
  forbidden: [...table, ...more],
  options: {
    doNotFollow: { path: "node_modules|^lib/generated/" },
    exclude: { path: "\\.next/|\\.css$" },
    tsPreCompilationDeps: true, // type imports count too
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "require", "node", "default", "types"], mainFields: ["module", "main", "types"] },
  },
};
