#!/usr/bin/env node
// Stand-in for Prisma's native schema engine, which the CLI would download: the same JSON-RPC on stdin and stdout,
// answered by the engine's WebAssembly build from an npm package. `prisma migrate`, `db` and `generate` work as ever.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import readline from "node:readline";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import { migrationFactory, withClient } from "./schema-engine-adapter.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  strict: false,
  options: {
    datamodels: { type: "string", multiple: true },
    datasource: { type: "string" },
    "enabled-preview-features": { type: "string" },
    "extension-types": { type: "string" },
  },
});
const url = values.datasource ? JSON.parse(values.datasource).url : process.env.DATABASE_URL;
const databaseOf = (address) => decodeURIComponent(new URL(address).pathname.slice(1)) || "postgres";

function log(level, fields) {
  const line = { timestamp: new Date().toISOString(), level, target: "schema_engine::logger", fields };
  process.stderr.write(`${JSON.stringify(line)}\n`);
}

/** The CLI understands Prisma's codes, not PostgreSQL's. */
function asPrismaError(error) {
  const code = error?.code ?? "";
  if (error?.error_code) return { error_code: error.error_code, message: error.message };
  if (code === "3D000") return { error_code: "P1003", message: `Database \`${databaseOf(url)}\` does not exist` };
  if (code === "28P01") return { error_code: "P1000", message: "Authentication failed against the database server" };
  if (/^E(CONN|TIMEDOUT|AI_|NOTFOUND)/.test(code) || error?.name === "AggregateError") {
    return { error_code: "P1001", message: `Can't reach database server at \`${new URL(url).host}\`` };
  }
  return { error_code: code.startsWith?.("P") ? code : undefined, message: error?.message ?? String(error) };
}

async function createDatabase(address) {
  const admin = new URL(address);
  admin.pathname = "/postgres";
  const name = databaseOf(address);
  await withClient(admin.href, (client) => client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`));
  return { databaseName: name };
}

const cliCommands = {
  "can-connect-to-database": () => withClient(url, (client) => client.query("select 1")),
  "create-database": () => createDatabase(url),
};

async function runCli(command) {
  log("INFO", { message: "schema engine (WebAssembly)" });
  try {
    if (!cliCommands[command]) throw new Error(`unknown command: ${command}`);
    await cliCommands[command]();
    process.exit(0);
  } catch (error) {
    log("ERROR", asPrismaError(error));
    process.exit(1);
  }
}

async function loadEngine() {
  const script = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const glue = await import(pathToFileURL(script).href);
  const binary = readFileSync(path.join(path.dirname(script), "schema_engine_bg.wasm"));
  const { instance } = await WebAssembly.instantiate(binary, { "./schema_engine_bg.js": glue });
  glue.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: (message) => log("ERROR", { message: `panic: ${message}` }) };

  const datamodels = (values.datamodels ?? []).map((file) => [file, readFileSync(file, "utf8")]);
  const trace = (line) => process.env.DEBUG && log("INFO", { message: String(line) });
  const factory = bindMigrationAwareSqlAdapterFactory(migrationFactory(url));
  return glue.SchemaEngine.new({ datamodels: datamodels.length ? datamodels : undefined }, trace, factory);
}

const send = (message) => process.stdout.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
const asPlain = (value) =>
  JSON.parse(JSON.stringify(value ?? null, (_key, part) => {
    if (part instanceof Map) return Object.fromEntries(part);
    return typeof part === "bigint" ? Number(part) : part;
  }));

let loading;
let prints = 0;

async function call(method, params) {
  if (method === "createDatabase") return createDatabase(params?.datasource?.url ?? url);
  loading ??= loadEngine();
  const engine = await loading;
  if (method === "getDatabaseVersion") return engine.version(params);
  if (method === "diff") return diff(engine, params);
  if (typeof engine[method] !== "function") throw new Error(`unsupported method: ${method}`);
  return (await engine[method](params)) ?? {};
}

/** The native engine prints a diff through the CLI; this build hands it back instead. */
async function diff(engine, params) {
  const answer = asPlain(await engine.diff(params));
  if (answer.stdout) send({ id: `print-${++prints}`, method: "print", params: { content: answer.stdout } });
  return { ...answer, stdout: null };
}

async function respond({ id, method, params }) {
  try {
    send({ id, result: asPlain(await call(method, params)) });
  } catch (error) {
    const { error_code, message } = asPrismaError(error);
    send({ id, error: { code: 4466, message, data: { is_panic: false, message, error_code, meta: error?.meta ?? null } } });
  }
}

function serve() {
  let queue = Promise.resolve();
  const lines = readline.createInterface({ input: process.stdin, crlfDelay: Infinity });
  lines.on("line", (line) => {
    const request = JSON.parse(line);
    if (request.method) queue = queue.then(() => respond(request)); // the rest are answers to our own prints
  });
  lines.on("close", () => void queue.then(() => process.exit(0)));
}

if (process.argv.includes("--version")) console.log("schema-engine-wasm");
else if (positionals[0] === "cli") await runCli(positionals[1]);
else serve();
