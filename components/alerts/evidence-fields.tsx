"use client";
import clsx from "clsx";
import { useId } from "react";
import { Field, Input } from "@/components/ui/field";
import type { EvidenceKind } from "@/lib/domain/finding/words";
import { NEXT_SCAN, NO_PROOF, type Faults, type Proof } from "./close-draft";
import { PROOFS } from "./dispositions";

const CLAIM = { kind: NEXT_SCAN, label: "The next covering scan is the proof" } as const;

type Props = {
  draft: Proof; onChange: (proof: Proof) => void; hint: string; errors: Faults; accepted: readonly EvidenceKind[];
  /** Whether the next covering scan may be named as the proof; offered where policy takes scans. */
  canClaim?: boolean;
  /** A file goes along: where it lies need not be said. */
  hasFile?: boolean;
};

/** Which kind of proof, where it is, and who approved it where that is asked; or that a scan is to bring it. */
export function EvidenceFields({ draft, onChange, hint, errors, accepted, canClaim = false, hasFile = false }: Props) {
  const id = useId();
  const chosen = PROOFS.find((proof) => proof.kind === draft.kind);
  const offered = [...PROOFS.filter((proof) => accepted.length === 0 || accepted.includes(proof.kind)), ...(canClaim && accepted.includes("scan") ? [CLAIM] : [])];
  return (
    <div className="mt-3.5">
      <p id={id} className="mb-1.5 font-medium">Evidence <span className="text-xs font-normal text-ink-3">{hint}</span></p>
      <div role="group" aria-labelledby={id} className="flex flex-wrap gap-1.5">
        {offered.map((proof) => {
          const isOn = proof.kind === draft.kind;
          return (
            <button key={proof.kind} type="button" aria-pressed={isOn} onClick={() => onChange(isOn ? NO_PROOF : { ...draft, kind: proof.kind })} className={clsx("rounded-lg border px-2.5 py-1.5", isOn ? "border-accent bg-accent-soft text-ink" : "border-line-strong text-ink-2 hover:bg-hover hover:text-ink")}>
              {proof.label}
            </button>
          );
        })}
      </div>
      {errors.kind ? <p role="alert" className="mt-1 text-xs text-danger">{errors.kind}</p> : null}
      {draft.kind === NEXT_SCAN ? <p className="mt-2 text-ink-2">Nothing is closed yet. It stays under Investigating until a scan that was taken from now on covers it: no longer seen, that scan closes it with its evidence; still seen, the fix is shown as failed.</p> : null}
      {chosen ? (
        <div className="mt-2 flex flex-wrap gap-3">
          <Field label="Reference" hint={chosen.asks} error={errors.reference} required={!hasFile || chosen.kind === "commit"} className="min-w-56 flex-1">
            {(wires) => <Input {...wires} maxLength={2000} value={draft.reference} onChange={(event) => onChange({ ...draft, reference: event.target.value })} />}
          </Field>
          {chosen.kind === "attestation" ? (
            <Field label="Approved by" error={errors.approver} required className="min-w-40">
              {(wires) => <Input {...wires} maxLength={200} value={draft.approver} onChange={(event) => onChange({ ...draft, approver: event.target.value })} />}
            </Field>
          ) : null}
        </div>
      ) : null}
    </div>
  );
}
