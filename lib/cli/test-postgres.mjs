// The PostgreSQL that tests run on: thrown away afterwards, never the one of DATABASE_URL.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { startEmbedded } from "./embedded-pg.mjs";
import { isAlive, startMark } from "./processes.mjs";

const PREFIX = "docket-test-";

/** A new folder under the temporary one that PostgreSQL's own user may enter, marked with its owner. */
export function temporaryFolder() {
  sweep();
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), PREFIX));
  fs.chmodSync(dir, 0o755);
  fs.writeFileSync(path.join(dir, "owner"), `${process.pid} ${startMark(process.pid)}`);
  return dir;
}

/** Folders and servers of test runs that were killed. */
function sweep() {
  for (const name of fs.readdirSync(os.tmpdir())) {
    const dir = path.join(os.tmpdir(), name);
    const owner = name.startsWith(PREFIX) && read(path.join(dir, "owner"));
    if (!owner) continue;
    const [pid, mark] = owner.split(" ");
    if (isAlive(Number(pid)) && startMark(Number(pid)) === mark) continue;
    try {
      const server = Number(read(path.join(dir, "pg18", "postmaster.pid"))?.split("\n")[0]);
      if (isAlive(server)) process.kill(server, "SIGQUIT");
      fs.rmSync(dir, { recursive: true, force: true });
    } catch {
      // another user's: theirs to sweep
    }
  }
}

function read(file) {
  try {
    return fs.readFileSync(file, "utf8");
  } catch {
    return null;
  }
}

/**
 * A server for tests: the outside one named by DOCKET_TEST_DATABASE_URL, else an embedded one of its own.
 * @returns {Promise<{ url: string, stop(): Promise<void> }>}
 */
export async function startTestPostgres(outside = process.env.DOCKET_TEST_DATABASE_URL) {
  if (outside) return { url: outside, stop: async () => {} };
  const dir = temporaryFolder();
  const server = await startEmbedded({ dir, database: "postgres", careless: true });
  const stop = async () => {
    await server.stop();
    fs.rmSync(dir, { recursive: true, force: true });
  };
  return { url: server.url, stop };
}
