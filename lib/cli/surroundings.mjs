// Turns the variables that the user set into those that the processes get: secrets, addresses, demo accounts.
import { createHash, randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { root, typescriptEnv } from "./install.mjs";
import { whyNotListen } from "./processes.mjs";
import { Trouble } from "./say.mjs";

/** The data folder, made if need be. Before zod is installed: the same default as in lib/env-schema.mjs. */
export function dataFolder(source = process.env) {
  const folder = path.resolve(root, source.DOCKET_DATA_DIR || ".docket");
  try {
    // As root, PostgreSQL's own user has to pass through; the secrets in it have modes of their own.
    fs.mkdirSync(folder, { recursive: true, mode: process.getuid?.() === 0 ? 0o755 : 0o700 });
    fs.accessSync(folder, fs.constants.W_OK);
  } catch (error) {
    throw new Trouble(`the data folder ${folder} cannot be written (${error.code}): set DOCKET_DATA_DIR to another`);
  }
  return folder;
}

/** The variables, checked; the first wrong ones end the start with a sentence each. */
export async function checkedEnvironment(source = process.env) {
  const { readEnvironment } = await import("../env-schema.mjs");
  const answer = readEnvironment(source);
  if (!answer.ok) throw new Trouble(answer.faults.join("\ndocket: "));
  return answer.environment;
}

const LISTEN_TROUBLE = {
  EADDRINUSE: ({ PORT, HOST }) => `port ${PORT} on ${HOST} is in use: stop what listens there, or choose another with PORT=${PORT + 1}`,
  EACCES: ({ PORT }) => `port ${PORT} may not be listened on by this user: choose one above 1023`,
  EADDRNOTAVAIL: ({ HOST }) => `HOST ${HOST} is no address of this machine`,
  ENOTFOUND: ({ HOST }) => `HOST ${HOST} is no address of this machine`,
};

/** Throws a Trouble when the web server could not listen. */
export async function refuseBusyPort(environment) {
  const code = await whyNotListen(environment.PORT, environment.HOST);
  if (code === null) return;
  const sentence = LISTEN_TROUBLE[code] ?? (({ PORT, HOST }) => `cannot listen on ${HOST} port ${PORT} (${code})`);
  throw new Trouble(sentence(environment));
}

/** 32 random bytes in hexadecimal, kept in the data folder: a new one would sign everyone out and lose stored secrets. */
export function keptSecret(folder, name) {
  const file = path.join(folder, name);
  try {
    fs.writeFileSync(file, randomBytes(32).toString("hex"), { flag: "wx", mode: 0o600 });
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
  }
  return fs.readFileSync(file, "utf8").trim();
}

const isLoopback = (host) => /^(localhost|127(\.\d{1,3}){3}|::1)$/i.test(host);

/** The address to open: every interface is reached by the machine's own name for itself. */
export function publicAddress({ AUTH_URL, HOST, PORT }) {
  if (AUTH_URL) return AUTH_URL.replace(/\/$/, "");
  if (HOST === "0.0.0.0" || HOST === "::") return `http://localhost:${PORT}`;
  return `http://${HOST.includes(":") ? `[${HOST}]` : HOST}:${PORT}`;
}

/** Known passwords only on one's own machine and own database, unless asked for by name. */
export function demoAccountsAllowed({ DOCKET_DEMO, DATABASE_URL, HOST }) {
  if (DOCKET_DEMO !== undefined) return DOCKET_DEMO === "1";
  return DATABASE_URL === undefined && isLoopback(HOST);
}

/** What every process of the product is started with. */
export function surroundings(environment, folder, databaseUrl) {
  const address = publicAddress(environment);
  const secret = environment.AUTH_SECRET ?? keptSecret(folder, "auth-secret");
  return {
    ...process.env,
    ...typescriptEnv,
    NEXT_TELEMETRY_DISABLED: "1",
    PORT: String(environment.PORT),
    HOST: environment.HOST,
    DATABASE_URL: databaseUrl,
    DOCKET_DATA_DIR: folder,
    DOCKET_DEMO_ACCOUNTS: demoAccountsAllowed(environment) ? "1" : "0",
    DOCKET_SECRET_KEY: environment.DOCKET_SECRET_KEY ?? keptSecret(folder, "secret-key"),
    AUTH_URL: address,
    AUTH_SECRET: secret,
    NEXTAUTH_URL: address,
    NEXTAUTH_SECRET: secret,
  };
}

/** A word for a key by which a database knows its own, and from which nothing can be learnt. */
export const fingerprintOf = (key) => createHash("sha256").update(`docket key fingerprint\n${key.toLowerCase()}`).digest("hex").slice(0, 32);
