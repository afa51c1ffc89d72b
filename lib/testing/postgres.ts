import type { TestProject } from "vitest/node";
import { migrate } from "../cli/migrate.mjs";
import { startTestPostgres } from "../cli/test-postgres.mjs";
import { connected, dropDatabase, withDatabase } from "./database";

declare module "vitest" {
  interface ProvidedContext {
    postgres: { admin: string; template: string };
  }
}

/** Once for all database tests: a server, and on it the migrated template that each file copies. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startTestPostgres();
  const template = `docket_template_${process.pid}`;
  try {
    await dropDatabase(server.url, template);
    await connected(server.url, (client) => client.query(`create database ${client.escapeIdentifier(template)} template template0`));
    await migrate(withDatabase(server.url, template));
  } catch (error) {
    await server.stop();
    throw error;
  }
  project.provide("postgres", { admin: server.url, template });

  return async () => {
    await dropDatabase(server.url, template);
    await server.stop();
  };
}
