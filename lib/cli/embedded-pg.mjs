// The embedded PostgreSQL: a real server from an npm package, on loopback, under an unprivileged user.
// Several programs may use it at once (npm start and a command line): the last one to leave stops it.
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { lockHolder, takeLock, withLock } from "./locks.mjs";
import { homeOf, programs, serviceUser } from "./postgres-files.mjs";
import { attach, createCluster, createDatabase, isPostgres, launch, stopByPid } from "./postgres-server.mjs";

const MAJOR = "18";

/** What may be lost with the machine: only for databases that are thrown away (tests). */
const CARELESS = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"];

/**
 * Starts the server under `dir`, or attaches to the one that already runs there.
 * @param {{ dir: string, database?: string, careless?: boolean }} options
 * @returns {Promise<{ url: string, attached: boolean, stop(): Promise<void>, revive(): Promise<boolean> }>}
 *   stop leaves the server to its other users; revive starts it again, on its port, when it has died
 */
export async function startEmbedded({ dir, database = "docket", careless = false }) {
  const who = serviceUser();
  fs.mkdirSync(dir, { recursive: true, mode: who.uid === undefined ? 0o700 : 0o755 });
  const guard = path.join(dir, "database.lock");
  return withLock(guard, async () => {
    const home = homeOf(dir, who);
    const server = { who, home, data: path.join(home, `pg${MAJOR}`), programs: programs(home, who), password: passwordOf(dir), database };
    const flags = careless ? CARELESS : [];
    createCluster(server, careless);
    let running = (await attach(server)) ?? (await launch(server, flags));
    await createDatabase(running.url, database);
    const { url, attached } = running;
    const leave = enter(dir);

    let stopped = false;
    const isWell = () => stopped || isPostgres(running.pid);
    const revive = async () => !isWell() && withLock(guard, async () => {
      if (isWell()) return false;
      running = (await attach(server)) ?? (await launch({ ...server, port: Number(new URL(url).port) }, flags));
      return true;
    });
    const stop = () => {
      stopped = true;
      return withLock(guard, () => leave(running.pid));
    };
    return { url, attached, revive, stop };
  });
}

/** Signs us in as a user of the server. The function it gives signs us out, and stops the server after the last one. */
function enter(dir) {
  const users = path.join(dir, "database-users");
  fs.mkdirSync(users, { recursive: true, mode: 0o700 });
  const mine = takeLock(path.join(users, String(process.pid)));
  return async (pid) => {
    if (mine.held) mine.release();
    const others = fs.readdirSync(users).filter((name) => lockHolder(path.join(users, name)));
    if (others.length === 0) await stopByPid(pid);
  };
}

function passwordOf(dir) {
  const file = path.join(dir, "database-password");
  if (!fs.existsSync(file)) fs.writeFileSync(file, `${randomBytes(18).toString("hex")}\n`, { mode: 0o600 });
  return fs.readFileSync(file, "utf8").trim();
}
