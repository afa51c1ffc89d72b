// @prisma/adapter-pg is written for queries, not for migrations. Three things are put right here:
// it rejects the catalogue type "char" that the engine reads; it splits scripts at ";" and so breaks functions
// and triggers; its shadow database keeps the connection string and would be the main database.
import { randomUUID } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import { ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import pg from "pg";

const OID_CHAR = 18;
const OID_TEXT = 25;

/** Opens a connection for one piece of work and closes it. */
export async function withClient(connectionString, work) {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The adapter factory that the schema engine asks for its main and its shadow connection. */
export function migrationFactory(url) {
  return {
    provider: "postgres",
    adapterName: "@prisma/adapter-pg",
    connect: () => openAdapter(url),
    connectToShadowDb: () => openShadow(url),
  };
}

async function openShadow(url) {
  const name = `prisma_migrate_shadow_db_${randomUUID()}`;
  const shadow = new URL(url);
  shadow.pathname = `/${name}`;
  await withClient(url, (client) => client.query(`CREATE DATABASE "${name}" TEMPLATE template0`));
  return openAdapter(shadow.href, () => withClient(url, (client) => client.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`)));
}

async function openAdapter(url, afterwards = async () => {}) {
  const pool = new pg.Pool({ connectionString: url, max: 1 }); // one session: the engine's lock and search_path live in it
  const adapter = await new PrismaPg(pool, { schema: new URL(url).searchParams.get("schema") ?? undefined }).connect();
  acceptChar(adapter);
  adapter.executeScript = async (script) => {
    try {
      await pool.query(script);
    } catch (error) {
      adapter.onError(error);
    }
  };
  adapter.dispose = async () => {
    await pool.end();
    await afterwards();
  };
  return adapter;
}

/** Lets "char" columns pass the adapter as text, and names them rightly in the answer. */
function acceptChar(adapter) {
  const performIO = adapter.performIO.bind(adapter);
  const queryRaw = adapter.queryRaw.bind(adapter);
  adapter.queryRaw = async (query) => {
    const columns = [];
    adapter.performIO = async (statement) => {
      const result = await performIO(statement);
      for (const [index, field] of result.fields.entries()) {
        if (field.dataTypeID !== OID_CHAR) continue;
        columns.push(index);
        field.dataTypeID = OID_TEXT;
      }
      return result;
    };
    const answer = await queryRaw(query);
    for (const index of columns) answer.columnTypes[index] = ColumnTypeEnum.Character;
    return answer;
  };
}
