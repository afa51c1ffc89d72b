import { expect, test } from "vitest";
import { z } from "zod";
import { revert } from "@/lib/commands/findings/revert";
import { transition } from "@/lib/commands/findings/transition";
import { applySuggestions } from "@/lib/commands/suggestions/apply";
import { ignoreSuggestions } from "@/lib/commands/suggestions/ignore";
import { prisma, sql } from "@/lib/db/client";
import { rows } from "@/lib/db/rows";
import { STATEMENT_STATUSES, type StatementStatus } from "@/lib/domain/finding/suggestion";
import { listSuggestions, suggestionsOfScan } from "@/lib/queries/suggestions";
import { loadTimeline } from "@/lib/queries/timeline";
import { entriesOf, logLength } from "@/lib/testing/expect-audit";
import { changePolicy, makeEnvironment, makeMember } from "@/lib/testing/make";
import { imported } from "@/lib/testing/scans";

const HOUR = 3_600_000;
const base = Date.now() - 1000 * HOUR;
const at = (hour: number) => new Date(base + hour * HOUR);
const seen = (name: string) => ({ is: name, package: name, component: `${name} 1`, cve: ["CVE-2026-1"] });

/** Findings, one a package, and a document that states something about each of them. */
async function stated(statuses: readonly StatementStatus[], policy: Record<string, unknown> = {}) {
  const environment = await makeEnvironment({ policy });
  for (const [place] of statuses.entries()) await imported({ environment, takenAt: at(place), detector: `probe-${place}`, sees: [seen(`p${place}`)] });
  const vex = await imported({
    environment, takenAt: at(20), sees: [], statements: statuses.map((status, place) => ({
      vulnerabilities: ["CVE-2026-1"], products: [`p${place}`], about: [{ name: `p${place}`, version: null, parts: [] }], status, justification: null, note: null, author: "Acme", saidAt: at(19),
    })),
  });
  const made = await prisma.suggestion.findMany({ where: { environmentId: environment }, orderBy: { finding: { number: "asc" } } });
  return { environment, scan: vex.scan, ids: made.map(({ id }) => id), items: made.map(({ id }) => ({ suggestion: id })), ann: await makeMember(environment, "analyst", "Ann"), max: await makeMember(environment, "manager", "Max") };
}
const standing = (environment: number) => prisma.finding.findMany({ where: { environmentId: environment }, orderBy: { number: "asc" } }).then((found) => found.map(({ governanceStatus }) => governanceStatus));
async function entries(environment: number, number: number) {
  const { id } = await prisma.finding.findFirstOrThrow({ where: { environmentId: environment, number } });
  return (await entriesOf(id)).map(({ action, version, body }) => ({ action, version, after: body?.after, note: body?.note }));
}
const outcomes = (environment: number) => prisma.suggestion.findMany({ where: { environmentId: environment }, orderBy: { finding: { number: "asc" } } }).then((found) => found.map(({ outcome }) => outcome));

test("a document decides nothing: fixed or not, what is still detected stays open until somebody applies it, each by the table and with its words", async () => {
  const { environment, items, ids, ann } = await stated(STATEMENT_STATUSES);
  await imported({ environment, takenAt: at(30), detector: "probe-2", sees: [seen("p2")] });
  expect(await standing(environment)).toEqual(["open", "open", "open", "open", "open"]);
  expect(await outcomes(environment)).toEqual([null, null, null, null, null]);

  const done = await applySuggestions(ann, { environment, items, many: true, note: "Read it." });
  expect(done).toMatchObject({ ok: true, value: { changed: [1, 3, 4, 5], settled: ids, skipped: [] } });
  expect(await standing(environment)).toEqual(["false_positive", "open", "resolved", "in_progress", "false_positive"]);
  expect(await outcomes(environment)).toEqual(Array(5).fill("applied"));
  const [applied, hop] = await entries(environment, 1);
  expect([applied?.action, hop?.action]).toEqual(["suggestion.applied", "finding.transitioned"]);
  expect(applied?.after).toMatchObject({ suggestion: ids[0], source: "vex", author: "Acme" });
  expect(hop?.note).toMatch(/^Acme states on .* about CVE-2026-1: not affected\.\nRead it\.$/);
  expect((await entries(environment, 2)).map(({ action, version }) => [action, version]), "agreement changes nothing").toEqual([["suggestion.applied", null]]);
  expect(await prisma.finding.findFirstOrThrow({ where: { environmentId: environment, number: 3 } })).toMatchObject({ closeReason: "patched", scannerStatus: "open" });

  const log = z.object({ ai_review_id: z.number(), actor_user_id: z.number(), action: z.string() });
  const found = await rows(prisma, log, sql`SELECT ai_review_id, actor_user_id, action FROM ai_review_apply_logs WHERE ai_review_id = ANY (${ids}::int[]) ORDER BY 1`);
  expect(found).toEqual([...ids].sort((a, b) => a - b).map((id) => ({ ai_review_id: id, actor_user_id: ann.personId, action: "bulk_apply" })));
});

test("the timeline says an applied statement once, and who stated it", async () => {
  const { environment, items, ann } = await stated(["not_affected", "affected"]);
  await applySuggestions(ann, { environment, items, note: "Read it." });
  for (const [number, note] of [[1, /^Acme states on .*: not affected\.\nRead it\.$/], [2, /^Read it\.$/]] as const) {
    const told = await loadTimeline(ann, { environment, number, cursor: null, kind: "decision" });
    if (!told.ok) throw new Error(told.refusal.message);
    const [entry] = told.value.entries;
    expect(entry).toMatchObject({ headline: "applied a suggestion", changes: expect.arrayContaining([{ field: "Stated by", before: null, after: "Acme" }]), note: expect.stringMatching(note) });
    expect(`${entry?.reason} ${entry?.note}`.match(/Acme states/g)).toHaveLength(1);
  }
});

test("what an analyst applied a manager takes back; the suggestion stays settled, and a second hand finds it so", async () => {
  const { environment, items, ann, max } = await stated(["not_affected"]);
  const [one] = items;
  const done = await applySuggestions(ann, { environment, items: [{ ...one, version: 0 }], strict: true });
  if (!done.ok) throw new Error(done.refusal.message);
  expect(await revert(max, { environment, actionId: done.value.actionId })).toMatchObject({ ok: true, value: { changed: [1] } });
  expect(await standing(environment)).toEqual(["open"]);
  expect(await outcomes(environment)).toEqual(["applied"]);
  expect(await applySuggestions(max, { environment, items, strict: true })).toMatchObject({ ok: false, refusal: { code: "conflict", message: "Ann has applied it already." } });
});

test("two hands at once: one applies, the other is told; a stale sight is refused, and a refusal leaves nothing behind", async () => {
  const { environment, items, ann, max } = await stated(["not_affected", "fixed"]);
  const [first, second] = items;
  const both = await Promise.all([applySuggestions(ann, { environment, items: [first], strict: true }), ignoreSuggestions(max, { environment, items: [first], strict: true })]);
  expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
  await transition(ann, { environment, items: [{ number: 2 }], to: "in_progress" });
  const before = await logLength();
  expect(await applySuggestions(max, { environment, items: [{ ...second, version: 0 }], strict: true })).toMatchObject({ ok: false, refusal: { code: "stale" } });
  expect(await applySuggestions(max, { environment, items: [{ suggestion: 2_000_000_000 }] })).toMatchObject({ ok: false, refusal: { code: "missing" } });
  expect(await logLength()).toBe(before);
  expect((await outcomes(environment))[1]).toBeNull();
});

test("where the policy asks for evidence a statement is none; where the table has no such step it is refused; to accept a risk is never applied", async () => {
  const { environment, items, ann } = await stated(["fixed", "not_affected", "affected"]);
  await changePolicy(environment, { closure_verification: { required: ["critical", "high", "medium", "low", "info"] } });
  await transition(ann, { environment, items: [{ number: 2 }], to: "accepted_risk", note: "Live with it.", expiresAt: new Date(Date.now() + 24 * HOUR).toISOString() });
  await transition(ann, { environment, items: [{ number: 3 }], to: "false_positive", note: "No." });
  const risk = await prisma.suggestion.create({ data: { environmentId: environment, findingId: (await prisma.finding.findFirstOrThrow({ where: { environmentId: environment, number: 1 } })).id, source: "review", suggests: "accept_risk_candidate", reason: "Cheap.", restsOn: {} } });
  const done = await applySuggestions(ann, { environment, items: [...items, { suggestion: risk.id }] });
  if (!done.ok) throw new Error(done.refusal.message);
  expect(done.value).toMatchObject({ changed: [], settled: [], actionId: null });
  const why = new Map(done.value.skipped.map((skip) => [`${skip.number} ${skip.code}`, skip.why]));
  expect([...why.keys()].sort()).toEqual(["1 illegal", "1 invalid", "2 illegal", "3 illegal"]);
  expect(why.get("1 invalid")).toMatch(/evidence/i);
  expect(why.get("3 illegal")).toContain("is not open but");
  expect(await outcomes(environment)).toEqual([null, null, null, null]);
});

test("ignored ones are said by whom; lists count what is open, and a scan tells what it suggested", async () => {
  const { environment, scan, items, ids, ann } = await stated(["not_affected", "not_affected", "fixed"]);
  expect(await ignoreSuggestions(ann, { environment, items: items.slice(0, 1), note: "Not our build." })).toMatchObject({ ok: true, value: { settled: ids.slice(0, 1), changed: [], actionId: null } });
  expect((await entries(environment, 1)).map(({ action, note }) => [action, note])).toEqual([["suggestion.ignored", "Not our build."]]);
  expect(await ignoreSuggestions(ann, { environment, items })).toMatchObject({ ok: true, value: { settled: ids.slice(1), skipped: [{ number: 1, code: "conflict", why: "Ann has ignored it already." }] } });
  const page = await listSuggestions(ann, { environment, limit: 2, outcome: "ignored" });
  expect(page).toMatchObject({ ok: true, value: { total: 3, counts: [{ suggests: "false_positive", count: 2 }, { suggests: "resolve_candidate", count: 1 }] } });
  expect(page.ok && page.value.items.map(({ id }) => id)).toHaveLength(2);
  const told = await suggestionsOfScan(ann, { environment, scan });
  expect(told).toMatchObject({ ok: true, value: { statements: 3, matched: 3, findings: 3, kinds: [{ suggests: "false_positive", open: 0, ignored: 2 }, { suggests: "resolve_candidate", open: 0, ignored: 1 }] } });
  expect(await listSuggestions(ann, { environment, finding: 3 })).toMatchObject({ ok: true, value: { total: 1, items: [{ finding: 3, settled_by: "Ann" }] } });
});

test("what is applied is settled, or nothing happened: the database refuses a second settlement, and with it the decision goes", async () => {
  const { environment, items, ids, ann } = await stated(["fixed", "not_affected"]);
  await ignoreSuggestions(ann, { environment, items: items.slice(0, 1) });
  await expect(prisma.$executeRaw(sql`UPDATE suggestion SET outcome = 'applied' WHERE id = ${ids[0]}`)).rejects.toThrow(/settled once/);

  await prisma.$executeRaw(sql`CREATE FUNCTION planted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'planted fault'; END $$`);
  await prisma.$executeRaw(sql`CREATE TRIGGER planted BEFORE UPDATE ON suggestion FOR EACH ROW EXECUTE FUNCTION planted()`);
  const before = await logLength();
  await expect(applySuggestions(ann, { environment, items: items.slice(1) })).rejects.toThrow(/planted fault/);
  await prisma.$executeRaw(sql`DROP TRIGGER planted ON suggestion`);
  await prisma.$executeRaw(sql`DROP FUNCTION planted`);
  expect(await standing(environment)).toEqual(["open", "open"]);
  expect(await logLength()).toBe(before);
});
