// Locks: a file that names its holder, good for as long as the holder lives.
import fs from "node:fs";
import { isAlive, sleep, startMark } from "./processes.mjs";

/**
 * Takes a lock file, from a dead holder if need be; `left` is what that one had written there.
 * @returns {{ held: true, left: object | null, write(more: object): void, release(): void } | { held: false, holder: object }}
 */
export function takeLock(file) {
  const mine = { pid: process.pid, mark: startMark(process.pid) };
  let left = null;
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      create(file, mine);
      return lockOf(file, mine, left);
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    const holder = lockHolder(file);
    if (holder) return { held: false, holder };
    left = contents(file); // its holder was killed
    fs.rmSync(file, { force: true });
  }
  return { held: false, holder: { pid: 0 } };
}

/** Whole or not at all: another process must never read half a lock and take it for a dead one's. */
function create(file, mine) {
  const draft = `${file}.${process.pid}`;
  fs.writeFileSync(draft, JSON.stringify(mine), { mode: 0o600 });
  try {
    fs.linkSync(draft, file);
  } catch (error) {
    if (error.code === "EEXIST") throw error;
    fs.writeFileSync(file, JSON.stringify(mine), { flag: "wx", mode: 0o600 }); // a file system without links
  } finally {
    fs.rmSync(draft, { force: true });
  }
}

function contents(file) {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}

function lockOf(file, mine, left) {
  return {
    held: true,
    left,
    write: (more) => {
      fs.writeFileSync(`${file}.new`, JSON.stringify({ ...mine, ...more }), { mode: 0o600 });
      fs.renameSync(`${file}.new`, file);
    },
    release: () => fs.rmSync(file, { force: true }),
  };
}

/** Who holds that lock now (what it wrote there), or null when the file is absent or its holder is gone. */
export function lockHolder(file) {
  const holder = contents(file);
  return holder && isAlive(holder.pid) && startMark(holder.pid) === holder.mark ? holder : null;
}

/** Does the work while holding the lock, after whoever holds it now. Throws after two minutes of waiting. */
export async function withLock(file, work) {
  for (let i = 0; i < 1200; i++) {
    const lock = takeLock(file);
    if (!lock.held) {
      await sleep(100);
      continue;
    }
    try {
      return await work();
    } finally {
      lock.release();
    }
  }
  throw new Error(`process ${lockHolder(file)?.pid} has held ${file} for two minutes`);
}

