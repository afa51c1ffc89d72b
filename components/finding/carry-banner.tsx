"use client";
import Link from "next/link";
import { useState } from "react";
import { announceRefusal, announceSilence } from "@/components/alerts/outcome-toast";
import type { Deed } from "@/components/alerts/use-queue";
import { useCommandKeys } from "@/components/shell/command-registry";
import { KeyCaps, useKeyHints } from "@/components/shell/keyboard";
import { Button } from "@/components/ui/button";
import { Moment } from "@/components/ui/moment";
import { toast } from "@/components/ui/toast";
import { CLOSE_REASON_LABELS, GOVERNANCE_LABELS } from "@/lib/domain/finding/words";
import type { FindingActions } from "@/lib/domain/views/actions";
import type { CarrySide, CarryView } from "@/lib/domain/views/carry";

/** The doors that a proposal needs, and what to do when it was answered without a change of the finding. */
export type CarryDoors = { actions: Pick<FindingActions, "carryDecision" | "dismissCarry">; carryOut: (deed: Deed) => Promise<boolean>; onSettled: () => void };

/** "False positive", "Resolved: mitigated", or that nothing but an assignee, tags or a severity is there to carry. */
export function decisionWords({ governance, closeReason }: CarrySide): string {
  if (governance === "open" || governance === "reopened") return "assigned, tagged or calibrated";
  return governance === "resolved" && closeReason ? `${GOVERNANCE_LABELS.resolved}: ${CLOSE_REASON_LABELS[closeReason].toLowerCase()}` : GOVERNANCE_LABELS[governance];
}

/** Carrying over as the queue carries out a deed: the new row looks decided at once. */
function deedOf({ actions }: CarryDoors, environment: number, { id, from, to }: CarryView): Deed {
  const isDecided = from.response !== "needs_review";
  return {
    items: [{ number: to.number, version: to.version }],
    did: `Decision of F-${from.number} carried over`,
    guess: () => (isDecided ? { response: from.response, governance: from.governance, closeReason: from.closeReason } : {}),
    call: () => actions.carryDecision({ environment, items: [{ carry: id, version: to.version, fromVersion: from.version }] }),
  };
}

/** What a person can do about a proposal; each only once at a time. */
function useCarry(carry: CarryView, environment: number, doors: CarryDoors) {
  const [state, setState] = useState<"open" | "carrying" | "dismissing">("open");

  async function carryOver() {
    if (state !== "open") return;
    setState("carrying");
    await doors.carryOut(deedOf(doors, environment, carry));
    setState("open");
  }

  async function dismiss() {
    if (state !== "open") return;
    setState("dismissing");
    const answer = await doors.actions.dismissCarry({ environment, carry: carry.id }).catch(() => null);
    setState("open");
    if (!answer) return announceSilence();
    if (!answer.ok) announceRefusal(answer.refusal);
    else toast({ tone: "plain", title: `Noted: F-${carry.to.number} is not F-${carry.from.number}`, stays: 6_000 });
    doors.onSettled();
  }

  return { state, carryOver: () => void carryOver(), dismiss: () => void dismiss() };
}

/** On a new finding that looks like a decided one: whose decision it was, and the two answers. */
export function CarryBanner({ carry, environment, mayDecide, doors }: { carry: CarryView; environment: number; mayDecide: boolean; doors: CarryDoors }) {
  const { state, carryOver, dismiss } = useCarry(carry, environment, doors);
  const hint = useKeyHints()("finding.carry");
  useCommandKeys(mayDecide ? { "finding.carry": carryOver } : {});
  const { from, decidedBy, decidedAt } = carry;
  return (
    <section aria-label="The same weakness?" className="border-b border-line bg-accent-soft/40 px-[18px] py-2.5">
      <p className="break-words">
        Looks like <Link href={`/e/${environment}/findings/${from.number}`} className="font-medium text-accent underline">F-{from.number}</Link>
        {" · "}<b className="font-medium">{decisionWords(from)}</b>{decidedBy ? ` · ${decidedBy}` : ""}{decidedAt ? <> · <Moment at={decidedAt} /></> : null}
      </p>
      <p className="mt-0.5 text-xs text-ink-3">{carry.why} <Link href={`/e/${environment}/help#same-again`} className="underline hover:text-ink">How is that known?</Link></p>
      {mayDecide ? (
        <div className="mt-1.5 flex flex-wrap gap-[7px]">
          <Button size="xs" onClick={carryOver} loading={state === "carrying"} aria-keyshortcuts={hint?.aria}>Carry the decision over <KeyCaps of="finding.carry" /></Button>
          <Button size="xs" look="quiet" onClick={dismiss} loading={state === "dismissing"}>Not the same</Button>
        </div>
      ) : null}
    </section>
  );
}
