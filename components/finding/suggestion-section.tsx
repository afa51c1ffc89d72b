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
import { responseOf } from "@/lib/domain/finding/governance";
import { STEPS, SUGGESTS_LABELS } from "@/lib/domain/finding/suggestion";
import { GOVERNANCE_LABELS } from "@/lib/domain/finding/words";
import type { FindingActions } from "@/lib/domain/views/actions";
import type { SuggestionView } from "@/lib/domain/views/suggestion";
import { Section } from "./section";

/** The doors that a suggestion needs, and what to do when it was answered without a change of the finding. */
export type SuggestionDoors = { actions: Pick<FindingActions, "applySuggestions" | "ignoreSuggestions">; carryOut: (deed: Deed) => Promise<boolean>; onSettled: () => void };

/** Applying as the queue carries out a deed; null where it only records agreement, and nothing on the row changes. */
function deedOf({ actions }: SuggestionDoors, environment: number, { id, suggests, finding }: SuggestionView): Deed | null {
  const step = STEPS[suggests];
  if (step === "agree" || step === "never" || step.to === finding.governance) return null;
  const { to, reason = null } = step;
  return {
    items: [{ number: finding.number, version: finding.version }],
    did: `Suggestion applied, ${SUGGESTS_LABELS[suggests].title.toLowerCase()}`,
    guess: () => ({ governance: to, response: responseOf(to), closeReason: to === "false_positive" ? "false_positive" : reason }),
    call: () => actions.applySuggestions({ environment, items: [{ suggestion: id, version: finding.version }] }),
  };
}

/** What a person can do about a suggestion; each only once at a time. */
function useSuggestion(suggestion: SuggestionView | undefined, environment: number, doors: SuggestionDoors) {
  const [state, setState] = useState<"open" | "apply" | "ignore">("open");

  async function settle(verb: "apply" | "ignore", of: SuggestionView) {
    const items = [{ suggestion: of.id, version: of.finding.version }];
    const answer = await (verb === "apply" ? doors.actions.applySuggestions : doors.actions.ignoreSuggestions)({ environment, items }).catch(() => null);
    if (!answer) return announceSilence();
    if (!answer.ok) announceRefusal(answer.refusal);
    else if (answer.value.settled === 0) toast({ tone: "error", title: "Nothing was settled", description: answer.value.skipped.map(({ why }) => why).join("\n"), stays: 10_000 });
    else toast({ tone: "plain", title: verb === "apply" ? `Noted: you agree about F-${of.finding.number}` : `Suggestion about F-${of.finding.number} ignored`, stays: 6_000 });
    doors.onSettled();
  }

  async function once(verb: "apply" | "ignore") {
    if (state !== "open" || !suggestion) return;
    setState(verb);
    const deed = verb === "apply" ? deedOf(doors, environment, suggestion) : null;
    if (deed) await doors.carryOut(deed);
    else await settle(verb, suggestion);
    setState("open");
  }
  return { state, apply: () => void once("apply"), ignore: () => void once("ignore") };
}

/** Whose word it is: author, products, the import that brought it. */
export function Source({ suggestion, environment }: { suggestion: SuggestionView; environment: number }) {
  const { products, productCount, scan, note } = suggestion;
  const more = productCount > products.length ? ` and ${(productCount - products.length).toLocaleString("en")} more` : "";
  return (
    <>
      {note ? <p className="mt-0.5 line-clamp-6 break-words whitespace-pre-line text-ink-2">{note}</p> : null}
      <p className="mt-0.5 text-xs break-words text-ink-3">
        {products.length > 0 ? `About ${products.join(", ")}${more}. ` : ""}
        {scan === null ? null : <>From <Link href={`/e/${environment}/scans/${scan}`} prefetch={false} className="underline hover:text-ink">scan {scan}</Link>.</>}
      </p>
    </>
  );
}

type OpenProps = { suggestion: SuggestionView; environment: number; mayDecide: boolean; hasKeys: boolean; doors: SuggestionDoors };

function Open({ suggestion, environment, mayDecide, hasKeys, doors }: OpenProps) {
  const { state, apply, ignore } = useSuggestion(suggestion, environment, doors);
  const { title, does } = SUGGESTS_LABELS[suggestion.suggests];
  const mayApply = STEPS[suggestion.suggests] !== "never";
  const hintOf = useKeyHints();
  useCommandKeys(mayDecide && hasKeys ? { ...(mayApply ? { "suggestion.apply": apply } : {}), "suggestion.ignore": ignore } : {});
  return (
    <li className="py-1">
      <p className="break-words"><b className="font-medium">{title}</b>{" · "}{suggestion.reason}</p>
      <Source suggestion={suggestion} environment={environment} />
      {mayDecide ? (
        <div className="mt-1.5 flex flex-wrap items-center gap-[7px]">
          {mayApply ? <Button size="xs" onClick={apply} loading={state === "apply"} title={does} aria-keyshortcuts={hasKeys ? hintOf("suggestion.apply")?.aria : undefined}>Apply: {title.toLowerCase()}{hasKeys ? <> <KeyCaps of="suggestion.apply" /></> : null}</Button> : null}
          <Button size="xs" look="quiet" onClick={ignore} loading={state === "ignore"} title="Leaves the finding as it is, and says so in the log" aria-keyshortcuts={hasKeys ? hintOf("suggestion.ignore")?.aria : undefined}>Ignore{hasKeys ? <> <KeyCaps of="suggestion.ignore" /></> : null}</Button>
          <span className="text-2xs text-ink-3">{does}.</span>
        </div>
      ) : null}
    </li>
  );
}

const OUTCOMES = { applied: "Applied by", ignored: "Ignored by", superseded: "Replaced by a newer statement in" } as const;

/** What stands where an applied suggestion does not any more: taken back, or decided otherwise since. */
export function sinceApplied({ outcome, suggests, finding }: SuggestionView): string {
  const step = STEPS[suggests];
  if (outcome !== "applied" || step === "agree" || step === "never" || step.to === finding.governance) return "";
  return `; now ${GOVERNANCE_LABELS[finding.governance].toLowerCase()}`;
}

function Settled({ suggestion }: { suggestion: SuggestionView }) {
  const { outcome, settledBy, settledAt, reason } = suggestion;
  if (outcome === null) return null;
  const by = outcome === "superseded" ? (settledBy ?? "a later scan").toLowerCase() : (settledBy ?? "somebody");
  return <li className="py-0.5 text-xs break-words text-ink-3">{reason} {OUTCOMES[outcome]} {by}{sinceApplied(suggestion)}{settledAt ? <> · <Moment at={settledAt} /></> : null}</li>;
}

type Props = { suggestions: readonly SuggestionView[]; environment: number; mayDecide: boolean; doors: SuggestionDoors };

/** What others state about the finding and what that suggests, with its source; what is settled stands below, quietly. Nothing at all where nobody states anything. */
export function SuggestionSection({ suggestions, environment, mayDecide, doors }: Props) {
  if (suggestions.length === 0) return null;
  const open = suggestions.filter(({ outcome }) => outcome === null);
  const settled = suggestions.filter(({ outcome }) => outcome !== null);
  return (
    <Section title="Suggested" aside={open.length > 0 ? `${open.length} open` : "settled"}>
      {open.length > 0 ? <ul>{open.map((each, place) => <Open key={each.id} suggestion={each} environment={environment} mayDecide={mayDecide} hasKeys={place === 0} doors={doors} />)}</ul> : null}
      {settled.length > 0 ? <ul aria-label="Settled suggestions">{settled.map((each) => <Settled key={each.id} suggestion={each} />)}</ul> : null}
    </Section>
  );
}
