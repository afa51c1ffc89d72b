import type { Tx } from "@/lib/db/client";
import type { PolicyInForce } from "@/lib/db/policy";
import { absences, type AbsenceRule } from "@/lib/db/sql/absences";
import { freeFiles } from "@/lib/db/sql/evidence-files";
import { membersNamed, ownersAmong } from "@/lib/db/sql/members";
import { can } from "@/lib/domain/access/can";
import type { Skip } from "@/lib/domain/finding/batch";
import { isGovernedResolution, isProvedByAbsence } from "@/lib/domain/finding/claim";
import type { Decision } from "@/lib/domain/finding/decide";
import type { EvidenceItem } from "@/lib/domain/finding/input";
import type { Proof } from "@/lib/domain/finding/move";
import { ok, refuseInput, type Fault, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import type { Desk } from "@/lib/gate/findings";

/**
 * Reads what is handed in as evidence of so many findings: an approver is a member here who may record evidence, named by e-mail, and never attests their own
 * act; a file is one that the same actor sent before, and proves one finding.
 */
export async function proofsOf(tx: Tx, environment: number, items: readonly EvidenceItem[], actor: Actor, findings = 1): Promise<Result<Proof[]>> {
  const emails = items.flatMap(({ approver }) => (approver ? [approver.toLowerCase()] : []));
  const members = emails.length > 0 ? await membersNamed(tx, environment, { emails }) : [];
  const wanted = items.flatMap(({ file }) => file ?? []);
  const files = wanted.length > 0 ? await freeFiles(tx, environment, wanted, actor) : new Set<number>();

  const proofs: Proof[] = [];
  const errors: Fault[] = [];
  for (const [place, { kind, reference, note, approver, file }] of items.entries()) {
    const named = members.find(({ email }) => email === approver?.toLowerCase());
    const path = `evidence.${place}.approver`;
    if (approver && !named) errors.push({ path, message: `${approver} is no member here.` });
    if (named && named.id === actor.personId) errors.push({ path, message: "The approver is somebody other than you." });
    if (named && !can(named.role, "finding.evidence")) errors.push({ path, message: `${named.name} may only read here: name somebody who works on findings.` });
    if (file && findings > 1) errors.push({ path: `evidence.${place}.file`, message: "A file proves one finding: attach it there." });
    else if (file && !files.delete(file)) errors.push({ path: `evidence.${place}.file`, message: `There is no file ${file} of yours that is not attached yet.` });
    proofs.push({ kind, reference: reference ?? null, note: note ?? null, approverId: named?.id ?? null, approver: named?.name ?? null, file: file ?? null });
  }
  return errors.length > 0 ? refuseInput(errors) : ok(proofs);
}

/** The desk without the findings that whoever attests has: nobody attests to their own work. They are skipped, each with the reason. */
export async function withoutOwn(tx: Tx, desk: Desk, proofs: readonly Proof[]): Promise<Desk> {
  const owned = await ownersAmong(tx, desk.known.map(({ id }) => id), proofs.flatMap(({ approverId }) => approverId ?? []));
  if (owned.size === 0) return desk;
  const message = "The approver is somebody other than whoever has it.";
  const errors = proofs.flatMap(({ approverId }, place) => (approverId === null ? [] : [{ path: `evidence.${place}.approver`, message }]));
  const own = desk.known.filter(({ id }) => owned.has(id)).map(({ state }): Skip => ({ number: state.number, refusal: { code: "invalid", message, errors } }));
  return { ...desk, known: desk.known.filter(({ id }) => !owned.has(id)), skipped: [...desk.skipped, ...own] };
}

/**
 * The desk with what its findings prove by themselves: that the newest covering scan no longer sees them. Only where the decision resolves, where policy
 * takes scans as evidence, and, where it asks for four eyes, where somebody else sent that scan.
 */
export async function withAbsences(tx: Tx, desk: Desk, decision: Decision, actor: Actor): Promise<Desk> {
  if (!desk.policy.decisions.acceptedEvidence.includes("scan")) return desk;
  const gone = desk.known.filter(({ state }) => state.scanner === "closed" && isProvedByAbsence(state, decision));
  if (gone.length === 0) return desk;
  const found = await absences(tx, gone.map(({ id }) => id));
  const isOwn = (by: { type: string; actor: string; person: number | null }) => (by.type === actor.type && by.actor === actor.id) || (by.person !== null && by.person === actor.personId);
  const proofs = new Map(found.filter((one) => !(desk.policy.tickets.fourEyes && isOwn(one))).map(({ finding, scan, sha256, by }): [number, Proof] => (
    [finding, { kind: "scan", reference: sha256, note: `Scan ${scan}, sent by ${by}, covers it and no longer sees it.`, approverId: null, approver: null, scanId: scan }])));
  return { ...desk, known: desk.known.map((finding) => ({ ...finding, absence: proofs.get(finding.id) ?? null })) };
}

/** Where an absence tells findings apart for this decision, as above; null: nowhere, since it is not asked for or does not count. */
export function absenceRuleOf({ decisions, tickets }: PolicyInForce, decision: Decision | undefined, actor: Actor): AbsenceRule | null {
  const counts = decision !== undefined && isGovernedResolution(decision) && decisions.acceptedEvidence.includes("scan");
  if (!counts || decisions.evidenceRequired.length === 0) return null;
  return { bands: decisions.evidenceRequired, notBy: tickets.fourEyes ? actor : null };
}
