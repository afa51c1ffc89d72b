import { beforeAll, expect, test } from "vitest";
import { addEvidence } from "@/lib/commands/findings/add-evidence";
import { bulk } from "@/lib/commands/findings/bulk";
import { calibrate } from "@/lib/commands/findings/calibrate";
import { respond } from "@/lib/commands/findings/respond";
import { tag } from "@/lib/commands/findings/tag";
import { prisma } from "@/lib/db/client";
import type { TIMELINE_KINDS } from "@/lib/domain/audit/timeline";
import { findingPage } from "@/lib/queries/finding-page";
import { loadTimeline } from "@/lib/queries/timeline";
import { loadWhy } from "@/lib/queries/why-here";
import { done } from "@/lib/testing/done";
import { makeEnvironment, makeFinding, makeMember, makeScope } from "@/lib/testing/make";

let environment = 0;
let ann: Awaited<ReturnType<typeof makeMember>>;
let finding = { id: 0, number: 0 };
const one = () => ({ environment, items: [{ number: finding.number }] });

/** A finding with more of a past than one page holds. */
beforeAll(async () => {
  environment = await makeEnvironment();
  ann = await makeMember(environment, "manager", "Ann");
  finding = await makeFinding(await makeScope(environment));
  done(await respond(ann, { ...one(), response: "closed", reason: "false_positive", note: "The oldest." }));
  done(await respond(ann, { ...one(), response: "investigating" }));
  done(await calibrate(ann, { ...one(), calibrated: "low", reason: "Inside." }));
  done(await addEvidence(ann, { ...one(), evidence: [{ kind: "commit", reference: "abc" }] }));
  for (let n = 0; n < 55; n++) done(await tag(ann, { ...one(), add: [`t${n}`], remove: [`t${n - 1}`] }));
  done(await bulk(ann, { ...one(), action: { assignee: ann.personId, response: "needs_review" } }));
});

test("each kind shows the acts that have something of it; one of several kinds stands under each", async () => {
  const kinds = async (kind: (typeof TIMELINE_KINDS)[number]) => done(await loadTimeline(ann, { environment, number: finding.number, cursor: null, kind })).entries;
  expect((await kinds("severity")).map(({ action }) => action)).toEqual(["finding.severity_calibrated"]);
  expect((await kinds("evidence")).map(({ action, evidence }) => [action, evidence])).toEqual([["finding.evidence_added", "commit abc"]]);
  expect((await kinds("decision")).map(({ action }) => action)).toEqual(["finding.transitioned", "finding.transitioned", "finding.acknowledged"]);
  const [newest] = await kinds("ownership");
  expect(newest).toMatchObject({ kind: "decision", bulkId: expect.any(String), changes: expect.arrayContaining([expect.objectContaining({ field: "Assignee", after: "Ann" })]) });
  expect(await kinds("other")).toEqual([]);
});

test("the link to an entry beyond the first page begins there; any event of an act leads to the act, another finding's to none", async () => {
  const [oldest] = await prisma.auditEvent.findMany({ where: { findingId: finding.id }, orderBy: { sequence: "asc" }, take: 1 });
  const page = async (entry: string) => done(await findingPage(ann, { environment, number: finding.number, entry })).finding.timeline;
  const old = await page(`e${oldest?.sequence}`);
  expect(old).toMatchObject({ startsAt: true, nextCursor: null, entries: [{ note: "The oldest." }] });
  expect(old.marked).toBe(old.entries[0]?.id);

  const newest = done(await loadTimeline(ann, { environment, number: finding.number, cursor: null, kind: null })).entries[0];
  expect(await page(`e${newest?.sequences[0]}`)).toMatchObject({ startsAt: false, marked: newest?.id });

  const stranger = await makeFinding(await makeScope(environment));
  done(await respond(ann, { environment, items: [{ number: stranger.number }], response: "investigating" }));
  const theirs = await prisma.auditEvent.findFirstOrThrow({ where: { findingId: stranger.id } });
  for (const entry of [`e${theirs.sequence}`, "e0", "s1-99999", "x", "e1'--"]) {
    const shown = await page(entry);
    expect([shown.marked ?? null, shown.entries.length]).toEqual([null, 50]);
  }
});

test("why is this here: the rule of its tab, and who touched it last, whatever it was", async () => {
  const why = done(await loadWhy(ann, { environment, number: finding.number }));
  expect(why).toMatchObject({ tab: "needs_review", last: { by: "Ann", what: "Status changed" } });
  expect(why.lines.join("\n")).toMatch(/It stands under Needs Review because[\s\S]*Ann moved it last: In progress to Open/);
  expect(await loadWhy(ann, { environment, number: 999 })).toMatchObject({ ok: false, refusal: { code: "missing" } });
});
