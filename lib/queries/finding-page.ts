import { standingOn, type StandingRequest } from "@/lib/db/sql/acceptance-requests";
import { bookmarksOf } from "@/lib/db/sql/bookmarks";
import { sharesOf } from "@/lib/db/sql/finding-shares";
import { editions, type Edition } from "@/lib/db/sql/feeds";
import { z } from "zod";
import type { Db } from "@/lib/db/client";
import { policyOf } from "@/lib/db/policy";
import { acceptanceOf, evidenceOf, lastMove, looksAt } from "@/lib/db/sql/finding-related";
import { goneOf } from "@/lib/db/sql/finding-gone";
import { rankOf, type StoredRank } from "@/lib/db/sql/finding-rank";
import { detailOf } from "@/lib/db/sql/finding-texts";
import { findingsByNumber } from "@/lib/db/sql/queue-page";
import { allowedTransitions } from "@/lib/domain/finding/governance";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import type { QueuePolicy } from "@/lib/domain/views/alerts";
import type { FindingDetail, FindingPage } from "@/lib/domain/views/finding";
import type { Actor } from "@/lib/gate/actor";
import { read } from "@/lib/gate/read";
import { neighboursOf } from "@/lib/queries/finding-neighbours";
import { carriesOn } from "@/lib/queries/carries";
import { chainOf } from "@/lib/queries/finding-chain";
import { rowView } from "@/lib/queries/finding-row";
import { findingTickets } from "@/lib/queries/finding-tickets";
import { findingTwins } from "@/lib/queries/finding-twins";
import { whyOf } from "@/lib/queries/finding-why";
import { suggestionsOn } from "@/lib/queries/suggestions";
import { timelineOf } from "@/lib/queries/timeline";
import { environmentOf, membersOf, meOf } from "@/lib/queries/who";

const input = z.object({ environment: z.number().int().positive(), number: z.number().int().positive().max(2_147_483_647) });
type Context = { actor: Actor; now: Date; entry?: string | null };

const NONE: readonly number[] = [];

/** What the dialogs of a decision need to know of the policy in force. */
export async function queuePolicyOf(db: Db, environment: number): Promise<QueuePolicy> {
  const { decisions, tickets } = await policyOf(db, environment);
  const { undoHours, maxAcceptanceDays, evidenceRequired, acceptedEvidence, approvalRequired } = decisions;
  return { undoHours, maxAcceptanceDays, evidenceRequired, acceptedEvidence, approvalRequired, fourEyes: tickets.fourEyes };
}

/** All of one finding for drawer and page; null when there is none of that number. */
export async function findingDetail(db: Db, environment: number, number: number, { actor, now, entry }: Context): Promise<FindingDetail | null> {
  const [finding] = await findingsByNumber(db, environment, [number]);
  if (!finding) return null;
  const [texts, evidence, acceptance, neighbours, move, looks, feeds, timeline, carries, gone, twins, suggestions, shares, rank, policy, requests, stars, tickets] = await Promise.all([
    detailOf(db, environment, finding.id),
    evidenceOf(db, environment, finding.id),
    acceptanceOf(db, environment, finding.id),
    neighboursOf(db, environment, finding.id),
    lastMove(db, environment, finding.id),
    looksAt(db, environment, finding.id),
    editions(db),
    timelineOf(db, finding, { environment, actor, now }, { cursor: null, kind: null, entry: entry ?? null }),
    carriesOn(db, environment, finding),
    goneOf(db, environment, finding.id),
    findingTwins(db, environment, finding.id),
    suggestionsOn(db, environment, finding),
    sharesOf(db, environment, finding.id),
    rankOf(db, environment, finding.id),
    queuePolicyOf(db, environment),
    standingOn(db, environment, [finding.id]),
    actor.personId === null ? NONE : bookmarksOf(db, environment, actor.personId),
    findingTickets(db, environment, finding.id),
  ]);
  return {
    ...rowView(finding, now),
    description: texts.description,
    observation: texts.observation,
    remediation: texts.remediation,
    references: texts.links,
    ghsa: texts.ghsa,
    cvss: finding.cvss_version === null ? null : { version: finding.cvss_version, vector: finding.cvss_vector, score: finding.cvss_score, computed: texts.cvss_computed },
    legacyCode: texts.legacy_code,
    severityWord: texts.severity_word,
    toolFirstSeen: texts.first_seen?.toISOString() ?? null,
    catalogues: cataloguesOf(feeds),
    evidence: evidence.map(({ by, at, ...each }) => ({ ...each, addedBy: by, at: at.toISOString() })),
    tickets,
    chain: chainOf(finding, tickets, { needed: policy.evidenceRequired.includes(finding.calibrated), at: evidence[0]?.at ?? null }),
    allowedTransitions: allowedTransitions(finding.governance_status, "person"),
    rank: rankView(rank),
    why: whyOf({ finding, move, looks, gone }),
    neighbours,
    ruleName: finding.rule_name,
    lastScanned: finding.last_scanned?.toISOString() ?? null,
    acceptance: acceptance && { ...acceptance, until: acceptance.until.toISOString() },
    request: requestView(requests.get(finding.id), actor),
    calibratedAt: finding.calibrated_at?.toISOString() ?? null,
    duplicateOf: finding.duplicate_of,
    ...carries,
    twins,
    suggestions,
    shares: shares.map(({ to_id: to, at, ...each }) => ({ ...each, isMe: to === actor.personId, at: at.toISOString() })),
    isBookmarked: stars.includes(number),
    timeline: timeline.ok ? timeline.value : { entries: [], nextCursor: null },
  };
}

function rankView(rank: StoredRank | null): FindingDetail["rank"] {
  if (!rank) return { calibratedBy: null, calibratedWhy: null, kev: null, epss: null, asset: { exposure: "unknown", sensitivity: "unknown", owner: null, team: null } };
  const { exposure, sensitivity, owner, team, kev_cve: known, epss_cve: scored, percentile } = rank;
  return {
    calibratedBy: rank.calibrated_by, calibratedWhy: rank.calibrated_why,
    kev: known === null ? null : { cve: known, addedOn: rank.kev_added?.toISOString() ?? null, dueOn: rank.kev_due?.toISOString() ?? null, ransomware: rank.ransomware ?? false },
    epss: scored === null || percentile === null ? null : { cve: scored, percentile },
    asset: { exposure, sensitivity, owner, team },
  };
}

function requestView(standing: StandingRequest | undefined, actor: Actor): FindingDetail["request"] {
  if (!standing) return null;
  const { by, type, actor: who, person, at, until, justification, action: actionId } = standing;
  const isMine = (type === actor.type && who === actor.id) || (person !== null && person === actor.personId);
  return { by, isMine, at: at.toISOString(), until: until.toISOString(), justification, actionId };
}

function cataloguesOf(found: readonly Edition[]): FindingDetail["catalogues"] {
  const dated = (id: Edition["id"]) => found.find((one) => one.id === id)?.releasedAt.toISOString() ?? null;
  return { kev: dated("kev"), epss: dated("epss") };
}

/** One finding for the drawer: `{environment, number}`. */
export function loadFinding(actor: Actor, raw: unknown): Promise<Result<FindingDetail>> {
  return read(actor, {
    act: "finding.read",
    input,
    load: async (db, { environment, number }, context) => {
      const found = await findingDetail(db, environment, number, context);
      return found ? ok(found) : refuse("missing", `There is no finding F-${number} here.`);
    },
  }, raw);
}

/** One finding on a page of its own: `{environment, number, entry?}`; `entry` is the anchor of one entry of its timeline. */
export function findingPage(actor: Actor, raw: unknown): Promise<Result<FindingPage>> {
  return read(actor, {
    act: "finding.read",
    input: input.extend({ entry: z.string().max(40).nullish() }),
    load: async (db, { environment: where, number, entry }, context) => {
      const [environment, finding, people, policy] = await Promise.all([
        environmentOf(db, where),
        findingDetail(db, where, number, { ...context, entry }),
        membersOf(db, where),
        queuePolicyOf(db, where),
      ]);
      if (!environment || !finding) return refuse("missing", `There is no finding F-${number} here.`);
      return ok({ environment, me: meOf(actor, where), now: context.now.toISOString(), people, policy, finding });
    },
  }, raw);
}
