// npm test [-- fixed|unit|db|e2e [filter…]]: everything, or one part. The last line is the sum; the exit code tells.
import { ensureInstalled, root } from "./install.mjs";
import { say, Trouble } from "./say.mjs";
import { conduct, endOnSignals } from "./shutdown.mjs";

const [part, ...filters] = process.argv.slice(2);

/** Without the product's variables: a user's database is never the test's, nor is a user's port. */
async function cleanEnvironment() {
  const { environmentSchema } = await import("../env-schema.mjs");
  const ours = new Set([...Object.keys(environmentSchema.shape), "NEXTAUTH_URL", "NEXTAUTH_SECRET"]);
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.has(name)));
  for (const name of ours) delete process.env[name];
  return { ...env, NEXT_TELEMETRY_DISABLED: "1" };
}

async function main() {
  process.chdir(root);
  endOnSignals();
  await ensureInstalled();
  const env = await cleanEnvironment();
  const { ensureClient } = await import("./build-stamp.mjs");
  await ensureClient();
  const { fixed, stories, sum, vitest } = await import("./test-parts.mjs");

  const PARTS = {
    fixed: () => fixed(env),
    unit: () => vitest(["unit"], filters, env),
    db: () => vitest(["db"], filters, env),
    e2e: () => stories(filters, env),
  };
  if (part !== undefined && !Object.hasOwn(PARTS, part)) throw new Trouble(`there is no part ${part}: npm test -- ${Object.keys(PARTS).join("|")} [filter]`);
  const all = async () => [await fixed(env), await vitest(["unit", "db"], [], env), await stories([], env)];
  const { passed, failed } = sum(part === undefined ? await all() : [await PARTS[part]()]);

  say(failed === 0 ? "all is well" : "see above for what failed");
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0 ? 0 : 1;
}

await conduct(main);
