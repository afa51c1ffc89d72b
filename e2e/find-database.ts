import path from "node:path";
import type { FullConfig } from "@playwright/test";
import { lockHolder } from "../lib/cli/locks.mjs";
import { root } from "../lib/cli/install.mjs";

/** Tells the stories where the database of the Docket under test is: what they need beforehand they make through its own commands. */
export default function findDatabase({ projects }: FullConfig) {
  const folder = path.resolve(root, process.env.DOCKET_DATA_DIR ?? ".docket/e2e");
  const url: unknown = lockHolder(path.join(folder, "start.lock"))?.databaseUrl;
  if (typeof url === "string") process.env.DATABASE_URL ??= url;
  process.env.AUTH_URL ??= projects[0]?.use.baseURL; // the address that tickets name their findings by
  if (!process.env.DATABASE_URL) throw new Error(`No Docket runs on ${folder}: set DOCKET_DATA_DIR or DATABASE_URL to those of the one at E2E_BASE_URL.`);
}
