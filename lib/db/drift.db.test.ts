import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const run = promisify(execFile);

/** Prisma has no word for GENERATED ALWAYS: it takes the expression for a default. These are all it may see. */
const GENERATED = /^(ALTER TABLE "(finding|asset)" )?ALTER COLUMN "(calibrated|effective|response|tab|exposure_rank|sensitivity_rank)" DROP DEFAULT[,;]$/;

test("the migrations make exactly the tables that the schema describes", async () => {
  const { stdout } = await run(process.execPath, ["node_modules/prisma/build/index.js", "migrate", "diff", "--from-migrations", "prisma/migrations",
    "--to-schema", "prisma/schema.prisma", "--script"], { env: process.env, timeout: 60_000 });
  const differences = stdout.split("\n").map((line) => line.trim()).filter((line) => line && !line.startsWith("--") && !GENERATED.test(line));
  expect(differences).toEqual([]);
});
