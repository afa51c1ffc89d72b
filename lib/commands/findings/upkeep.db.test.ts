import { beforeEach, expect, test } from "vitest";
import { addEvidence } from "@/lib/commands/findings/add-evidence";
import { amend } from "@/lib/commands/findings/amend";
import { assign } from "@/lib/commands/findings/assign";
import { bulk } from "@/lib/commands/findings/bulk";
import { calibrate } from "@/lib/commands/findings/calibrate";
import { keepDecision } from "@/lib/commands/findings/keep-decision";
import { respond } from "@/lib/commands/findings/respond";
import { tag } from "@/lib/commands/findings/tag";
import { createTickets } from "@/lib/commands/tickets/create";
import { prisma } from "@/lib/db/client";
import type { Actor } from "@/lib/gate/actor";
import { entriesOf, trailOf } from "@/lib/testing/expect-audit";
import { makeEnvironment, makeFinding, makeFindings, makeMember, makePerson, makeScope, type MadeFinding } from "@/lib/testing/make";

let environment: number;
let ann: Actor & { personId: number };
let finding: MadeFinding;

beforeEach(async () => {
  environment = await makeEnvironment();
  finding = await makeFinding(await makeScope(environment));
  ann = await makeMember(environment, "analyst", "Ann");
});

const one = () => ({ environment, items: [{ number: finding.number }], strict: true });
const stored = () => prisma.finding.findUniqueOrThrow({ where: { id: finding.id } });

test("the first assignment is the first response; giving it to the same person again is no fault and no entry", async () => {
  expect(await assign(ann, { ...one(), assignee: ann.id })).toMatchObject({ ok: true, value: { changed: [1] } });
  expect(await stored()).toMatchObject({ assigneeId: ann.personId, firstResponseAt: expect.any(Date), governanceStatus: "open", version: 1 });
  expect(await assign(ann, { ...one(), assignee: ann.personId })).toMatchObject({ ok: true, value: { changed: [], actionId: null } });
  expect(await assign(ann, { ...one(), assignee: null })).toMatchObject({ ok: true });
  expect(await trailOf(finding.id)).toEqual(["Ann: finding.assigned v1", "Ann: finding.assigned v2"]);
});

test("nobody is assigned who does not belong here", async () => {
  const stranger = await makePerson();
  for (const assignee of [stranger.id, stranger.email, 999_999]) expect(await assign(ann, { ...one(), assignee })).toMatchObject({ refusal: { code: "invalid" } });
});

test("two spellings of a tag are one tag", async () => {
  await tag(ann, { ...one(), add: ["Payment Card", "payment-card", "dmz"], remove: [] });
  expect((await stored()).tags).toEqual(["payment-card", "dmz"]);
  expect(await tag(ann, { ...one(), add: [], remove: ["Payment card"] })).toMatchObject({ ok: true });
  expect((await stored()).tags).toEqual(["dmz"]);
});

test("a calibration moves the due date and leaves the scanner's word", async () => {
  const before = await stored();
  expect(await calibrate(ann, { ...one(), calibrated: "critical" })).toMatchObject({ refusal: { code: "invalid", errors: [{ path: "reason" }] } });
  await calibrate(ann, { ...one(), calibrated: "critical", reason: "Internet facing, exploit public." });
  const after = await stored();
  expect(after).toMatchObject({ technical: "high", calibrated: "critical", effective: "critical" });
  expect(after.resolveBy?.getTime()).toBe(before.slaStartedAt.getTime() + 72 * 3_600_000);
  expect((await entriesOf(finding.id))[0]?.body).toMatchObject({ reason: "Internet facing, exploit public.", after: { team_severity: "critical" } });
});

test("an attestation names somebody else, and lifts an administrative closure to attested", async () => {
  const bob = await makeMember(environment, "manager", "Bob");
  await respond(ann, { ...one(), response: "closed", reason: "patched" });
  expect(await stored()).toMatchObject({ verification: "none" });
  const attested = (approver?: string) => addEvidence(ann, { ...one(), evidence: [{ kind: "attestation", note: "Seen on the console.", approver }] });
  for (const approver of [undefined, ann.id, "nobody@example.test"]) expect(await attested(approver)).toMatchObject({ refusal: { code: "invalid" } });
  expect(await attested(bob.id)).toMatchObject({ ok: true });
  expect(await stored()).toMatchObject({ verification: "attested", version: 3 });
  await addEvidence(ann, { ...one(), evidence: [{ kind: "commit", reference: "4f2a91c" }] });
  expect(await stored()).toMatchObject({ verification: "attested", version: 4 });
});

test("whoever has a finding, or an open ticket of it, attests to it neither alone nor in a bulk action; nor does anybody who may only read", async () => {
  const [bob, eve] = [await makeMember(environment, "analyst", "Bob"), await makeMember(environment, "viewer", "Eve")];
  const [mia, carl] = [await makeMember(environment, "manager", "Mia"), await makeMember(environment, "analyst", "Carl")];
  await assign(ann, { ...one(), assignee: bob.personId });
  await createTickets(ann, { environment, items: [{ number: finding.number }], grouping: "one", connector: null, assignee: mia.id });
  const evidence = (approver: string) => [{ kind: "attestation", note: "Seen on the console.", approver }];
  for (const approver of [bob.id, mia.id]) {
    for (const attested of [addEvidence(ann, { ...one(), evidence: evidence(approver) }), respond(ann, { ...one(), response: "closed", reason: "patched", evidence: evidence(approver) })]) {
      expect(await attested).toMatchObject({ refusal: { code: "invalid", message: "The approver is somebody other than whoever has it.", errors: [{ path: "evidence.0.approver" }] } });
    }
  }
  expect(await addEvidence(ann, { ...one(), evidence: evidence(eve.id) })).toMatchObject({ refusal: { errors: [{ path: "evidence.0.approver", message: "Eve may only read here: name somebody who works on findings." }] } });
  const [other] = await makeFindings(await makeScope(environment), 1);
  const items = [{ number: finding.number }, { number: other!.number }];
  expect(await bulk(ann, { environment, items, action: { response: "closed", reason: "patched", evidence: evidence(bob.id) } })).toMatchObject({ value: { changed: 1, skipped: [{ number: finding.number }] } });
  expect(await addEvidence(ann, { ...one(), evidence: evidence(carl.id) })).toMatchObject({ ok: true });
});

test("evidence that a later scan contradicts proves nothing any more", async () => {
  await addEvidence(ann, { ...one(), evidence: [{ kind: "retest", note: "Gone." }] });
  await prisma.$executeRaw`UPDATE finding SET last_seen_on = docket_now() + interval '1 hour', last_scanned = docket_now() + interval '1 hour' WHERE id = ${finding.id}`;
  await respond(ann, { ...one(), response: "closed", reason: "patched" });
  expect(await stored()).toMatchObject({ verification: "none" });
});

test("an amendment puts the reason right without a change of status, always with a note", async () => {
  await respond(ann, { ...one(), response: "closed", reason: "patched" });
  expect(await amend(ann, { ...one(), reason: "mitigated" })).toMatchObject({ refusal: { code: "invalid" } });
  expect(await amend(ann, { ...one(), reason: "false_positive", note: "x" })).toMatchObject({ refusal: { code: "invalid" } });
  expect(await amend(ann, { ...one(), reason: "mitigated", note: "The port is filtered, the library is still there." })).toMatchObject({ ok: true });
  expect(await stored()).toMatchObject({ governanceStatus: "resolved", closeReason: "mitigated" });
  expect((await trailOf(finding.id)).at(-1)).toBe("Ann: finding.amended v3");
});

test("a flag goes by keeping the decision with a note, and not twice", async () => {
  const keep = (note: string) => keepDecision(ann, { ...one(), note });
  expect(await keep("Still right.")).toMatchObject({ refusal: { code: "conflict" } });
  await prisma.$transaction(async (tx) => {
    await tx.$executeRaw`INSERT INTO audit_event (environment_id, actor_type, actor_id, actor_name, action, record_type, record_number, finding_id, version, fields, action_id, request_id, body_hash)
      VALUES (${environment}, 'system', 'system', 'System', 'finding.re_review_flagged', 'finding', 1, ${finding.id}, 1, '{re_review}', gen_random_uuid(), 'r', docket_body_hash(null, null, null, null))`;
    await tx.$executeRaw`INSERT INTO audit_body (sequence) SELECT sequence FROM audit_event WHERE finding_id = ${finding.id}`;
    await tx.$executeRaw`UPDATE finding SET re_review = 'Seen again after it was resolved.', version = 1 WHERE id = ${finding.id}`;
  });
  expect(await keep(" ")).toMatchObject({ refusal: { code: "invalid" } });
  expect(await keep("Still right.")).toMatchObject({ ok: true });
  expect(await stored()).toMatchObject({ reReview: null, version: 2 });
});
