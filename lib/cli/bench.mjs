// npm run bench [-- NAME… --size 10k,100k --base 1m --full …]: measures against raw COPY and plain SQL, on a server of its own.
import { ensureInstalled, root, typescript, typescriptEnv } from "./install.mjs";
import { run } from "./processes.mjs";
import { say } from "./say.mjs";
import { atEnd, conduct, endOnSignals } from "./shutdown.mjs";

const asks = (...words) => words.some((word) => process.argv.includes(word));

async function main() {
  process.chdir(root);
  endOnSignals();
  await ensureInstalled();
  const { ensureBuild, ensureClient } = await import("./build-stamp.mjs");
  await ensureClient();
  if (asks("conflicts", "page", "triage")) await ensureBuild(); // they ask a web server
  const [{ startEmbedded }, { temporaryFolder }, { migrate }, fs] = await Promise.all([
    import("./embedded-pg.mjs"), import("./test-postgres.mjs"), import("./migrate.mjs"), import("node:fs"),
  ]);

  const more = asks("visit", "triage") ? await forVisit() : [];
  const dir = temporaryFolder();
  atEnd(() => fs.rmSync(dir, { recursive: true, force: true }));
  const server = await startEmbedded({ dir, database: "bench_empty" });
  atEnd(() => server.stop());
  const revive = setInterval(() => void server.revive().catch(() => false), 1_000); // a bench kills it
  atEnd(() => clearInterval(revive));
  say("a PostgreSQL of its own is up");
  await migrate(server.url);
  const env = { ...process.env, ...typescriptEnv, DATABASE_URL: server.url, AUTH_URL: "http://127.0.0.1:3000", DOCKET_SECRET_KEY: "a".repeat(64), DOCKET_BENCH_FOLDER: dir };
  const { code } = await run(process.execPath, [...typescript("lib/bench/main.ts"), ...process.argv.slice(2), ...more], { env });
  return code;
}

/** What a browser needs: the application built, and the browser. */
async function forVisit() {
  const [{ ensureBuild }, { findBrowser }] = await Promise.all([import("./build-stamp.mjs"), import("./browser.mjs")]);
  await ensureBuild();
  return ["--browser", await findBrowser()];
}

await conduct(main);
