import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const run = promisify(execFile);

/** Prisma has no word for GENERATED ALWAYS: it takes the expression for a default. These are all it may see. */
const GENERATED = /^(ALTER TABLE "(finding|asset|ticket)" )?ALTER COLUMN "(calibrated|effective|response|tab|next_due|is_live|needs_attention|exposure_rank|sensitivity_rank)" DROP DEFAULT[,;]$/;

/** Checked for each statement by triggers instead, as lib/decisions/018-what-an-import-costs.md tells; to Prisma they are relations all the same. */
const BY_TRIGGERS = /^ALTER TABLE "(finding|finding_detail|scan_change|scan_row|scan_scope)" ADD CONSTRAINT "(finding_environment_id(_asset_id|_detector_id|_scope_id_asset_id_detector_id|_rule_id|_assignee_id|_acceptance_id|_duplicate_of)?|finding_detail_environment_id_finding_id|scan_change_environment_id_(scan|finding)_id|scan_row_environment_id_(scan_id_attempt|finding_id)|scan_scope_environment_id_(scan|scope)_id)_fkey" /;

test("the migrations make exactly the tables that the schema describes", async () => {
  const { stdout } = await run(process.execPath, ["node_modules/prisma/build/index.js", "migrate", "diff", "--from-migrations", "prisma/migrations",
    "--to-schema", "prisma/schema.prisma", "--script"], { env: process.env, timeout: 60_000 });
  const differences = stdout.split("\n").map((line) => line.trim()).filter((line) => line && !line.startsWith("--") && !GENERATED.test(line) && !BY_TRIGGERS.test(line));
  expect(differences).toEqual([]);
});
