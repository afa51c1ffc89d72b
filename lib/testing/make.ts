import { createHash, randomUUID } from "node:crypto";
import { z } from "zod";
import { prisma, sql, type Tx } from "@/lib/db/client";
import { rows } from "@/lib/db/rows";
import type { Role } from "@/lib/domain/access/can";
import type { ScannerStatus, Severity } from "@/lib/domain/finding/words";
import type { Actor } from "@/lib/gate/actor";

/** Makers for tests: each gives a sound record and takes only what the story is about. */

let made = 0;
const next = () => ++made;

/** An empty environment; its number. Settings become its policy, version 1. */
export async function makeEnvironment(given: { name?: string; policy?: Record<string, unknown> } = {}): Promise<number> {
  const { id } = await prisma.environment.create({ data: { name: given.name ?? `Environment ${next()}` } });
  if (given.policy) await changePolicy(id, given.policy);
  return id;
}

/** A new version of the environment's policy, in force at once. */
export async function changePolicy(environment: number, settings: Record<string, unknown>): Promise<void> {
  const version = 1 + (await prisma.policy.count({ where: { environmentId: environment } }));
  await prisma.$executeRaw`INSERT INTO policy (environment_id, version, settings) VALUES (${environment}, ${version}, ${JSON.stringify(settings)}::jsonb)`;
}

export type MadePerson = { id: number; name: string; email: string };

export async function makePerson(given: { name?: string; email?: string; disabled?: boolean } = {}): Promise<MadePerson> {
  const n = next();
  const name = given.name ?? `Person ${n}`;
  const email = given.email ?? `person-${n}@example.test`;
  const { id } = await prisma.person.create({ data: { name, email, disabledAt: given.disabled ? new Date() : null } });
  return { id, name, email };
}

export async function makeMembership(environment: number, person: MadePerson, role: Role): Promise<void> {
  await prisma.membership.create({ data: { environmentId: environment, personId: person.id, role } });
}

/** The actor that a session of this person would be. */
export function actorOf(person: MadePerson, roles: Iterable<readonly [number, Role]>): Actor {
  return { type: "user", id: person.email, name: person.name, personId: person.id, roles: new Map(roles), requestId: randomUUID() };
}

/** A person with this role here, as the actor of their session. */
export async function makeMember(environment: number, role: Role = "analyst", name?: string): Promise<Actor & { personId: number }> {
  const person = await makePerson(name === undefined ? {} : { name });
  await makeMembership(environment, person, role);
  return { ...actorOf(person, [[environment, role]]), personId: person.id };
}

export async function makeAsset(environment: number, given: { name?: string; decommissionOn?: Date } = {}): Promise<number> {
  const data = { environmentId: environment, name: given.name ?? `host-${next()}.example.test`, decommissionOn: given.decommissionOn ?? null };
  return (await prisma.asset.create({ data })).id;
}

export async function makeDetector(environment: number, name = `detector-${next()}`): Promise<number> {
  return (await prisma.detector.create({ data: { environmentId: environment, name } })).id;
}

export type MadeScope = { environment: number; id: number; asset: number; detector: number };

/** Asset x detector, both made where they are not given. `lastScanned` is its newest full scan. */
export async function makeScope(environment: number, given: { asset?: number; detector?: number; lastScanned?: Date } = {}): Promise<MadeScope> {
  const asset = given.asset ?? (await makeAsset(environment));
  const detector = given.detector ?? (await makeDetector(environment));
  const { id } = await prisma.scope.create({
    data: { environmentId: environment, assetId: asset, detectorId: detector, lastScanned: given.lastScanned ?? null },
  });
  return { environment, id, asset, detector };
}

export type FindingWish = {
  title?: string;
  location?: string;
  rule?: string;
  category?: string;
  technical?: Severity;
  /** new and open: seen by the scope's newest scan; closed: the scan did not see it. */
  scanner?: ScannerStatus;
  kev?: boolean;
  cvssScore?: number;
  cwe?: readonly number[];
  cve?: readonly string[];
  addedOn?: Date;
};

export type MadeFinding = { id: number; number: number };

const DAY = 86_400_000;
const HOUR = 3_600_000;

/** Times that give the wanted scanner status, whatever the scope says. */
function sighting(wish: FindingWish): { added: Date; seen: Date; scanned: Date | null } {
  const status = wish.scanner ?? "open";
  const added = wish.addedOn ?? new Date(Date.now() - DAY);
  const scanned = { new: added, open: new Date(added.getTime() + HOUR), closed: new Date(added.getTime() + 2 * HOUR) }[status];
  return { added, scanned, seen: status === "closed" ? added : scanned };
}

/** A finding as an import leaves it: undecided, through the importer's own role. */
export async function makeFinding(scope: MadeScope, wish: FindingWish = {}): Promise<MadeFinding> {
  const [one] = await makeFindings(scope, 1, wish);
  if (!one) throw new Error("No finding was made.");
  return one;
}

/** Many of them in one statement, in the order of their numbers. */
export async function makeFindings(scope: MadeScope, howMany: number, wish: FindingWish = {}): Promise<MadeFinding[]> {
  return prisma.$transaction(async (tx) => {
    const rule = await ruleOf(tx, scope, wish.rule ?? "rule-1");
    const { nextFinding } = await tx.environment.update({
      where: { id: scope.environment },
      data: { nextFinding: { increment: howMany } },
    });
    await tx.$executeRaw`SET LOCAL ROLE docket_scanner`;
    return insertFindings(tx, scope, rule, nextFinding - howMany, howMany, wish);
  });
}

async function ruleOf(tx: Tx, scope: MadeScope, key: string): Promise<number> {
  const where = { detectorId_key: { detectorId: scope.detector, key } };
  const { id } = await tx.rule.upsert({ where, update: {}, create: { environmentId: scope.environment, detectorId: scope.detector, key, name: key } });
  return id;
}

async function insertFindings(tx: Tx, scope: MadeScope, rule: number, first: number, howMany: number, wish: FindingWish): Promise<MadeFinding[]> {
  const { added, seen, scanned } = sighting(wish);
  const prints = Array.from({ length: howMany }, (_, at) => createHash("sha256").update(`${scope.id}:${first + at}:${next()}`).digest("hex"));
  const technical = wish.technical ?? "high";
  return rows(tx, z.object({ id: z.number(), number: z.number() }), sql`
    WITH made AS (
      INSERT INTO finding (environment_id, number, scope_id, asset_id, detector_id, rule_id, fingerprint, fingerprint_version, title, location,
        category, technical, cvss_score, cwe, cve, kev, added_on, last_seen_on, last_scanned, scanner_status, sla_started_at, acknowledge_by, resolve_by)
      SELECT ${scope.environment}, ${first} + at - 1, ${scope.id}, ${scope.asset}, ${scope.detector}, ${rule}, decode(print, 'hex'), 1,
        ${wish.title ?? "Outdated library"} || CASE WHEN ${howMany}::int = 1 THEN '' ELSE ' ' || at END,
        ${wish.location ?? "/srv/app"}, ${wish.category ?? null}, ${technical}::severity, ${wish.cvssScore ?? null}::float8,
        ${[...(wish.cwe ?? [])]}::int[], ${[...(wish.cve ?? [])]}::text[], ${wish.kev ?? false}, ${added}, ${seen}, ${scanned},
        docket_scanner_status(${added}::timestamptz, ${seen}::timestamptz, ${scanned}::timestamptz),
        docket_now(), docket_now() + interval '48 hours', docket_now() + interval '7 days'
      FROM unnest(${prints}::text[]) WITH ORDINALITY AS given(print, at) ORDER BY at
      RETURNING id, number
    )
    SELECT id, number FROM made ORDER BY number`);
}
