import manifest from "../package.json" with { type: "json" };
import { readEnvironment } from "./env-schema.mjs";

const answer = readEnvironment(process.env);
if (!answer.ok) {
  for (const fault of answer.faults) console.error(`docket: ${fault}`);
  process.exit(1);
}

/** The environment as it stands, checked. The rules, and what each variable means, are in lib/env-schema.mjs. */
export const env = answer.environment;

/** The version that health and the API document name. */
export const version = manifest.version;

/** May the accounts of the demo environment sign in here? */
export const mayUseDemoAccounts = env.DOCKET_DEMO_ACCOUNTS === "1";

/**
 * A variable that the launcher always sets but a build or a unit test does not have.
 * @throws when it is absent: the process was not started through `npm start`, `npm run worker` or `npm run docket`
 */
export function needed(name: "DATABASE_URL" | "AUTH_SECRET" | "AUTH_URL" | "DOCKET_SECRET_KEY"): string {
  const value = env[name];
  if (value === undefined) throw new Error(`${name} is not set: start with npm start, npm run worker or npm run docket`);
  return value;
}
