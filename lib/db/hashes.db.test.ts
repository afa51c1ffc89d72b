import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { z } from "zod";
import { prisma, sql } from "@/lib/db/client";
import { rows } from "@/lib/db/rows";
import { assign } from "@/lib/commands/findings/assign";
import { respond } from "@/lib/commands/findings/respond";
import { bodyCanonical, headCanonical } from "@/lib/testing/canonical";
import { makeEnvironment, makeFindings, makeMember, makeScope } from "@/lib/testing/make";

const text = z.string().nullable();
const number = z.number().nullable();
const head = z.object({
  sequence: z.string(), environment: number, at: z.string(), actor_type: z.string(), actor_id: z.string(), actor_name: z.string(), person: number, action: z.string(),
  record_type: z.string(), record_number: number, finding: number, version: number, fields: z.array(z.string()), from_status: text, to_status: text,
  action_id: z.string(), bulk: number, scan: number, revokes: text, request_id: z.string(), body_hash: z.string(),
});
const entry = head.extend({ before: text, after: text, reason: text, note: text, hash: z.string() });

const sha256 = (canonical: string) => createHash("sha256").update(canonical, "utf8").digest("hex");

test("whoever has an export computes the hashes that the database keeps", async () => {
  const environment = await makeEnvironment();
  const zoe = await makeMember(environment, "manager", "Zoë: 1\nnote:-:");
  const [one, other] = (await makeFindings(await makeScope(environment), 2)).map((finding) => ({ number: finding.number }));
  await respond(zoe, { environment, items: [one, other], response: "accepted_risk", note: "Überall hinter dem Tor ✓", expiresAt: new Date(Date.now() + 9 * 86_400_000).toISOString() });
  await assign(zoe, { environment, items: [one], assignee: zoe.personId });

  const found = await rows(prisma, entry, sql`
    SELECT e.sequence::text, e.environment_id AS environment, docket_instant(e.at) AS at, e.actor_type, e.actor_id, e.actor_name, e.person_id AS person, e.action,
      e.record_type, e.record_number, e.finding_id AS finding, e.version, e.fields, e.from_status, e.to_status, e.action_id::text, e.bulk_id AS bulk, e.scan_id AS scan,
      e.revokes::text, e.request_id, encode(e.body_hash, 'hex') AS body_hash, encode(e.hash, 'hex') AS hash, b.before::text, b.after::text, b.reason, b.note
    FROM audit_event e JOIN audit_body b USING (sequence) ORDER BY e.sequence`);
  expect(found.length).toBeGreaterThanOrEqual(3);
  for (const each of found) {
    expect(sha256(bodyCanonical(each)), `body of ${each.action}`).toBe(each.body_hash);
    expect(sha256(headCanonical(each)), `head of ${each.action}`).toBe(each.hash);
  }
});
