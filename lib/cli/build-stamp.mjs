// What was made from the source (Prisma's client, Next's build) carries a stamp of the source it was made from.
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { root } from "./install.mjs";
import { withLock } from "./locks.mjs";
import { run } from "./processes.mjs";
import { say, Trouble } from "./say.mjs";

const SCHEMA = ["prisma/schema.prisma", "package-lock.json"];
const SOURCE = ["app", "components", "lib", "public", "proxy.ts", "next.config.mjs", "postcss.config.mjs", "tsconfig.json", ...SCHEMA];
const NOT_BUILT = /\.test\.tsx?$|\.md$|^lib\/(generated|testing|bench|cli|decisions)\/|\/samples\//;

function* filesUnder(place) {
  const full = path.join(root, place);
  if (!fs.existsSync(full)) return;
  if (!fs.statSync(full).isDirectory()) return yield place;
  for (const entry of fs.readdirSync(full, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const inner = `${place}/${entry.name}`;
    if (entry.isDirectory()) yield* filesUnder(inner);
    else yield inner;
  }
}

/** A digest of names and contents: times would lie after a checkout or a copy. */
export function stampOf(places) {
  const digest = createHash("sha256");
  for (const place of places) {
    for (const file of filesUnder(place)) {
      if (NOT_BUILT.test(file)) continue;
      digest.update(`${file}\0`).update(createHash("sha256").update(fs.readFileSync(path.join(root, file))).digest());
    }
  }
  return digest.digest("hex");
}

function isCurrent(stampFile, stamp) {
  try {
    return fs.readFileSync(path.join(root, stampFile), "utf8") === stamp;
  } catch {
    return false;
  }
}

/** Makes it unless its stamp is that of the source; two programs at once make it once. */
async function ensureMade({ what, stampFile, source, command, env }) {
  const stamp = stampOf(source);
  if (isCurrent(stampFile, stamp)) return;
  await withLock(path.join(root, "node_modules/.docket-build.lock"), async () => {
    if (isCurrent(stampFile, stamp)) return;
    say(what);
    fs.rmSync(path.join(root, stampFile), { force: true });
    const began = performance.now();
    const { code, output } = await run(process.execPath, command, { cwd: root, quiet: true, env: { ...process.env, ...env } });
    if (code !== 0) throw new Trouble(`${command.slice(0, 2).join(" ")} failed:\n${output.trim()}`);
    fs.mkdirSync(path.dirname(path.join(root, stampFile)), { recursive: true });
    fs.writeFileSync(path.join(root, stampFile), stamp);
    say(`done in ${((performance.now() - began) / 1000).toFixed(1)} s: ${what}`);
  });
}

/** Prisma's client in lib/generated, from prisma/schema.prisma. */
export const ensureClient = () =>
  ensureMade({
    what: "generating the database client",
    stampFile: "lib/generated/prisma.stamp",
    source: SCHEMA,
    command: ["node_modules/prisma/build/index.js", "generate"],
    env: { PRISMA_HIDE_UPDATE_MESSAGE: "1", CHECKPOINT_DISABLE: "1" },
  });

/** Next's build in .next. It reads no database; a page that tried would fail here, not at its first visitor. */
export const ensureBuild = () =>
  ensureMade({
    what: "building the web application (about half a minute)",
    stampFile: ".next/docket.stamp",
    source: SOURCE,
    command: ["node_modules/next/dist/bin/next", "build"],
    env: { NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production", DATABASE_URL: "postgresql://127.0.0.1:1/build" },
  });
