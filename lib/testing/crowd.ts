import { createHash, randomUUID } from "node:crypto";
import { z } from "zod";
import { append, type TrailEntry } from "@/lib/db/audit-log";
import { prisma, sql, type Tx } from "@/lib/db/client";
import { rows } from "@/lib/db/rows";
import { GOVERNANCE_STATUSES, SEVERITIES, type CloseReason, type Governance, type ScannerStatus, type Severity, type Verification } from "@/lib/domain/finding/words";
import { makeAsset, makeDetector, makeMember, makeScope } from "./make";

/** Many findings in every state at once, each soundly logged: for tests of lists, counts and pages. */

export type Crowd = { environment: number; size: number; seed: number; /** how often a value is absent, 0 to 1 */ empty: number };

/** The same numbers for the same seed (mulberry32). */
export function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const DAY = 86_400_000;
const DETECTORS = ["nuclei", "trivy"];
const TITLES = ["SQL injection in /login", "100% of requests fail", "under_score \\ back", "Directory listing", "Quote \" and ' here", "Outdated OpenSSL"];
const TAGS = ["edge", "pci", "a,b"];

type Wish = {
  number: number; scope: number; rule: number; title: string; location: string; category: string | null; port: number | null; technical: Severity;
  cwe: number[]; cve: string[]; kev: boolean; added: Date; seen: Date | null; scanned: Date; status: ScannerStatus; suppressed: boolean;
  governance: Governance; reason: CloseReason | null; verification: Verification; team: Severity | null; assignee: number | null; tags: string[];
  until: Date | null; followUp: Date | null; reReview: string | null; decided: Date | null; responded: Date | null; acknowledgeBy: Date | null; resolveBy: Date | null; paused: Date | null;
};

/** Fills the environment; gives the people whom it assigned. Times lie on whole hours around now, so that many are equal. */
export async function makeCrowd({ environment, size, seed, empty }: Crowd): Promise<{ people: (Awaited<ReturnType<typeof makeMember>>)[] }> {
  const roll = dice(seed);
  const people = [await makeMember(environment), await makeMember(environment)];
  const scopes: CrowdScope[] = [];
  for (const name of DETECTORS) {
    const detector = await makeDetector(environment, name);
    const rule = await prisma.rule.create({ data: { environmentId: environment, detectorId: detector, key: `${name}-rule`, name: `Rule of ${name}` } });
    for (const host of ["web-1.test", "web-2.test", "db_1.test"]) {
      const known = await prisma.asset.findFirst({ where: { environmentId: environment, name: host } });
      const lastScanned = new Date(hour(Date.now()) - Math.floor(roll() * 5) * DAY);
      const scope = await makeScope(environment, { asset: known?.id ?? (await makeAsset(environment, { name: host })), detector, lastScanned });
      scopes.push({ ...scope, rule: rule.id, lastScanned });
    }
  }
  const wishes = Array.from({ length: size }, (_, at) => wishOf(at, roll, empty, scopes, people.map(({ personId }) => personId)));
  await prisma.$transaction(async (tx) => store(tx, environment, wishes), { timeout: 60_000 });
  return { people };
}

const hour = (at: number) => Math.floor(at / 3_600_000) * 3_600_000;

type CrowdScope = { id: number; rule: number; lastScanned: Date };

function wishOf(at: number, roll: () => number, empty: number, scopes: readonly CrowdScope[], people: readonly number[]): Wish {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(roll() * list.length)]!;
  const maybe = <T>(value: T): T | null => (roll() < empty ? null : value);
  const near = (days: number) => new Date(hour(Date.now()) + Math.floor((roll() - 0.5) * 2 * days) * DAY);
  const scope = pick(scopes);
  const status = pick(["new", "open", "open", "closed"] as const);
  const governance = pick(GOVERNANCE_STATUSES);
  const isClosed = governance === "resolved" || governance === "false_positive";
  const added = status === "new" ? scope.lastScanned : new Date(scope.lastScanned.getTime() - (1 + Math.floor(roll() * 60)) * DAY);
  return {
    number: at + 1, scope: scope.id, rule: scope.rule, title: pick(TITLES), location: `/srv/${pick(["app", "a_b", "50%"])}:${at % 7}`,
    category: maybe(pick(["Web Application", "Network"])), port: maybe(pick([80, 443])), technical: pick(SEVERITIES),
    cwe: roll() < empty ? [] : [pick([79, 89])], cve: roll() < empty ? [] : [pick(["CVE-2024-1234", "CVE-2024-12345"])], kev: roll() < 0.2,
    added, seen: status === "closed" ? added : roll() < 0.5 ? null : scope.lastScanned, scanned: scope.lastScanned, status, suppressed: roll() < 0.05,
    governance, reason: governance === "resolved" ? pick(["patched", "mitigated", null] as const) : governance === "in_progress" && roll() < 0.3 ? "vendor_notified" : null,
    verification: governance === "resolved" ? pick(["none", "verified", "attested"] as const) : "none", team: roll() < 0.3 ? pick(SEVERITIES) : null,
    assignee: maybe(pick(people)), tags: roll() < empty ? [] : [pick(TAGS)], until: governance === "accepted_risk" ? new Date(hour(Date.now()) + (1 + Math.floor(roll() * 40)) * DAY) : null,
    followUp: governance === "in_progress" && roll() < 0.3 ? near(10) : null, reReview: roll() < 0.1 ? "look again" : null,
    decided: governance === "open" || governance === "reopened" ? null : maybe(near(20)), responded: maybe(near(10)),
    acknowledgeBy: maybe(near(5)), resolveBy: maybe(near(9)), paused: isClosed || status === "closed" ? near(3) : null,
  };
}

async function store(tx: Tx, environment: number, wishes: readonly Wish[]): Promise<void> {
  const given = JSON.stringify(wishes.map((wish) => ({ ...wish, print: createHash("sha256").update(`${environment}:${wish.number}`).digest("hex") })));
  const ids = await rows(tx, z.object({ id: z.number(), number: z.number() }), sql`
    INSERT INTO finding (environment_id, number, scope_id, asset_id, detector_id, rule_id, fingerprint, fingerprint_version, title, location, category, port,
      technical, cwe, cve, kev, suppressed, added_on, last_seen_on, scanner_status, sla_started_at, acknowledge_by, resolve_by)
    SELECT ${environment}, g.number, s.id, s.asset_id, s.detector_id, g.rule, decode(g.print, 'hex'), 1, g.title, g.location, g.category, g.port,
      g.technical, g.cwe, g.cve, g.kev, g.suppressed, g.added, g.seen, g.status, now() - interval '2 days', g."acknowledgeBy", g."resolveBy"
    FROM jsonb_to_recordset(${given}::jsonb) AS g(number int, scope int, rule int, print text, title text, location text, category text, port int, technical severity,
      cwe int[], cve text[], kev boolean, suppressed boolean, added timestamptz, seen timestamptz, status scanner_status, "acknowledgeBy" timestamptz, "resolveBy" timestamptz)
    JOIN scope s ON s.id = g.scope ORDER BY g.number RETURNING id, number`);
  const idOf = new Map(ids.map(({ id, number }) => [number, id]));
  const events = wishes.flatMap((wish) => eventsOf(wish, idOf.get(wish.number)!));
  const by = { environment, actionId: randomUUID(), requestId: "crowd", actor: { type: "system", id: "system", name: "System", personId: null } };
  await append(tx, by, events);
  await tx.$executeRaw(sql`
    WITH g AS (SELECT * FROM jsonb_to_recordset(${given}::jsonb) AS g(number int, governance governance_status, reason close_reason, verification verification,
      team severity, assignee int, tags text[], until timestamptz, "followUp" timestamptz, "reReview" text, decided timestamptz, responded timestamptz, paused timestamptz)),
    accepted AS (INSERT INTO acceptance (environment_id, finding_id, justification, expires_at, actor_type, actor_id, actor_name)
      SELECT ${environment}, f.id, 'lived with', g.until, 'system', 'system', 'System' FROM g JOIN finding f ON f.environment_id = ${environment} AND f.number = g.number
      WHERE g.until IS NOT NULL RETURNING id, finding_id)
    UPDATE finding f SET governance_status = g.governance, close_reason = g.reason, verification = g.verification, team_severity = g.team,
      calibrated_at = CASE WHEN g.team IS NOT NULL THEN now() END, assignee_id = g.assignee, tags = g.tags, accepted_until = g.until, acceptance_id = accepted.id,
      follow_up_on = g."followUp", re_review = g."reReview", decided_at = g.decided, first_response_at = g.responded, sla_paused_at = g.paused,
      version = CASE g.governance WHEN 'reopened' THEN 2 ELSE 1 END
    FROM g LEFT JOIN accepted ON accepted.finding_id = (SELECT x.id FROM finding x WHERE x.environment_id = ${environment} AND x.number = g.number)
    WHERE f.environment_id = ${environment} AND f.number = g.number`);
}

const FIELDS = ["status", "acceptance", "severity", "assignee", "tags"];

function eventsOf({ number, governance }: Wish, id: number): TrailEntry[] {
  const entry = (version: number): TrailEntry => ({ action: "finding.transitioned", record: { type: "finding", number }, finding: { id, version, fields: FIELDS } });
  if (governance === "open") return [{ ...entry(1), action: "finding.tagged" }];
  if (governance !== "reopened") return [{ ...entry(1), hop: { from: "open", to: governance } }];
  return [{ ...entry(1), hop: { from: "open", to: "resolved" } }, { ...entry(2), hop: { from: "resolved", to: "reopened" }, bySystem: true }];
}
