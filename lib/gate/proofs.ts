import type { Tx } from "@/lib/db/client";
import { membersNamed } from "@/lib/db/sql/members";
import type { EvidenceItem } from "@/lib/domain/finding/input";
import type { Proof } from "@/lib/domain/finding/move";
import { ok, refuseInput, type Fault, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";

/** Reads what is handed in as evidence: an approver is a member here, named by e-mail, and never attests their own act. */
export async function proofsOf(tx: Tx, environment: number, items: readonly EvidenceItem[], actor: Actor): Promise<Result<Proof[]>> {
  const emails = items.flatMap(({ approver }) => (approver ? [approver.toLowerCase()] : []));
  const members = emails.length > 0 ? await membersNamed(tx, environment, { emails }) : [];

  const proofs: Proof[] = [];
  const errors: Fault[] = [];
  for (const [place, { kind, reference, note, approver }] of items.entries()) {
    const named = members.find(({ email }) => email === approver?.toLowerCase());
    const path = `evidence.${place}.approver`;
    if (approver && !named) errors.push({ path, message: `${approver} is no member here.` });
    if (named && named.id === actor.personId) errors.push({ path, message: "The approver is somebody other than you." });
    proofs.push({ kind, reference: reference ?? null, note: note ?? null, approverId: named?.id ?? null, approver: named?.name ?? null });
  }
  return errors.length > 0 ? refuseInput(errors) : ok(proofs);
}
