import { z } from "zod";
import { policyOf } from "@/lib/db/policy";
import { descriptionsOf, detailOf, proofsOf } from "@/lib/db/sql/finding-texts";
import { filteredCounts } from "@/lib/db/sql/filtered-counts";
import type { StoredFinding } from "@/lib/db/sql/finding-row";
import { findingsByNumber, queuePage } from "@/lib/db/sql/queue-page";
import { ticketNumbersOf } from "@/lib/db/sql/ticket-detail";
import { askedFilter, pageCursor, pageLimit } from "@/lib/domain/filter/input";
import { allowedTransitions } from "@/lib/domain/finding/governance";
import { tagsWithResponse } from "@/lib/domain/finding/response-tag";
import { RESPONSE_CODES } from "@/lib/domain/finding/words";
import type { FindingCountsRecord, FindingDetailRecord, FindingListRecord, FindingRecord } from "@/lib/domain/records/finding";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { read } from "@/lib/gate/read";
import { chainOf } from "@/lib/queries/finding-chain";
import { slaView } from "@/lib/queries/finding-row";
import { findingTickets } from "@/lib/queries/finding-tickets";
import { askingOf, totalOf } from "@/lib/queries/queue";

const environment = z.number().int().positive();
const iso = (at: Date | null) => at?.toISOString() ?? null;

/** A finding as outsiders read it; `url` is its path below the site. */
export function recordOf(stored: StoredFinding, beside: { description: string | null; tickets: readonly number[] }, at: { environment: number; now: Date }): FindingRecord {
  const { number, title, asset, detector, rule, location, category, kev, epss, scanner_status, governance_status, response, close_reason } = stored;
  const { verification, duplicate_of, version, technical, calibrated, effective } = stored;
  const sla = slaView(stored, at.now);
  return {
    ...{ number, title, asset, detector, rule, location, category, kev, epss, scanner_status, governance_status, response, close_reason },
    description: beside.description,
    ...{ verification, duplicate_of, version, module_state: stored.module_state, route: stored.route },
    cwe: stored.cwe ?? [],
    cve: stored.cve ?? [],
    cvss: stored.cvss_version === null ? null : { version: stored.cvss_version, vector: stored.cvss_vector, score: stored.cvss_score },
    severity: { technical, calibrated, effective },
    response_code: RESPONSE_CODES[response],
    accepted_until: iso(stored.accepted_until),
    re_review: stored.re_review === null ? null : { reason: stored.re_review },
    acceptance_request: stored.requested_until && { expires_at: stored.requested_until.toISOString(), requested_by: stored.requested_by ?? "" },
    assignee: stored.assignee_email,
    tags: tagsWithResponse(stored.tags ?? [], response),
    tickets: [...beside.tickets],
    follow_up_on: iso(stored.follow_up_on),
    added_on: stored.added_on.toISOString(),
    last_seen_on: iso(stored.last_seen_on),
    last_scanned: iso(stored.last_scanned),
    sla: { acknowledge_by: sla.acknowledgeBy, resolve_by: sla.resolveBy, state: sla.state },
    url: `/e/${at.environment}/findings/${number}`,
  };
}

/** Findings by filter: `{environment, filter, limit, cursor}`, the filter as an outsider writes it. Faults name their field. */
export function listFindings(actor: Actor, raw: unknown): Promise<Result<FindingListRecord>> {
  return read(actor, {
    act: "finding.read",
    input: z.object({ environment, filter: askedFilter, limit: pageLimit, cursor: pageCursor }),
    load: async (db, { environment: where, filter, limit, cursor }, { now }) => {
      const asking = await askingOf(db, actor, where, now);
      const [page, total] = await Promise.all([queuePage(db, filter, asking, { limit, cursor }), cursor === null ? totalOf(db, filter, asking) : null]);
      if (!page.ok) return page;
      const ids = page.value.rows.map(({ id }) => id);
      const [described, ticketed] = await Promise.all([descriptionsOf(db, where, ids), ticketNumbersOf(db, where, ids)]);
      const items = page.value.rows.map((row) => recordOf(row, { description: described.get(row.id) ?? null, tickets: ticketed.get(row.id) ?? [] }, { environment: where, now }));
      return ok({ items, next_cursor: page.value.nextCursor, previous_cursor: page.value.previousCursor, total });
    },
  }, raw);
}

/** Exact counts of what a filter leaves (its tab aside): `{environment, filter}`. Without a filter they are those of the screen. */
export function countFindings(actor: Actor, raw: unknown): Promise<Result<FindingCountsRecord>> {
  return read(actor, {
    act: "finding.read",
    input: z.object({ environment, filter: askedFilter }),
    load: async (db, { environment: where, filter }, { now }) => {
      const asking = await askingOf(db, actor, where, now);
      return ok(await filteredCounts(db, { ...filter, tab: "all" }, asking));
    },
  }, raw);
}

/** All of one finding: `{environment, number}`. */
export function getFinding(actor: Actor, raw: unknown): Promise<Result<FindingDetailRecord>> {
  return read(actor, {
    act: "finding.read",
    input: z.object({ environment, number: z.number().int().positive().max(2_147_483_647) }),
    load: async (db, { environment: where, number }, { now }) => {
      const [stored] = await findingsByNumber(db, where, [number]);
      if (!stored) return refuse("missing", `There is no finding F-${number} here.`);
      const [detail, tickets, proofs, policy] = await Promise.all([detailOf(db, where, stored.id), findingTickets(db, where, stored.id), proofsOf(db, where, stored.id), policyOf(db, where)]);
      const proof = { needed: policy.decisions.evidenceRequired.includes(stored.calibrated), at: proofs.at(-1)?.at ?? null };
      return ok({
        ...recordOf(stored, { description: detail.description, tickets: tickets.flatMap(({ number: ticket, isLinked }) => (isLinked ? [ticket] : [])).reverse() }, { environment: where, now }),
        observation: detail.observation,
        remediation: detail.remediation,
        legacy_code: detail.legacy_code,
        references: detail.links,
        evidence: proofs.map(({ at, ...each }) => ({ ...each, at: at.toISOString() })),
        chain: chainOf(stored, tickets, proof),
        allowed_transitions: allowedTransitions(stored.governance_status, "person"),
      });
    },
  }, raw);
}
