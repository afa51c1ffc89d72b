"use client";
import Link from "next/link";
import { keyInBrackets } from "@/components/shell/command-registry";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { announce, announceRefusal, announceSilence } from "@/components/alerts/outcome-toast";
import { SendFooter, useSend } from "@/components/alerts/dialog-parts";
import { DetectionDot, SeverityMark } from "@/components/finding/marks";
import { sinceApplied, Source } from "@/components/finding/suggestion-section";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { focusPart } from "@/components/ui/focus-part";
import { toast } from "@/components/ui/toast";
import { STEPS, SUGGESTS_LABELS, type Suggests } from "@/lib/domain/finding/suggestion";
import type { Result } from "@/lib/domain/refusal";
import type { SuggestionActions, SuggestionDone, SuggestionKind, SuggestionsView, SuggestionTarget, SuggestionView } from "@/lib/domain/views/suggestion";

/** One action takes so many. */
const MOST = 1_000;
const SHOWN_SKIPS = 4;

type Verb = "apply" | "ignore";
type Props = { environment: number; page: SuggestionsView; mayDecide: boolean; actions: SuggestionActions };

/** Tells of an answer that is none; the value of one that is. */
function heard<T>(answer: Result<T> | null): T | null {
  if (!answer) announceSilence();
  else if (!answer.ok) announceRefusal(answer.refusal);
  return answer?.ok ? answer.value : null;
}

function tell(verb: Verb, { settled, skipped, actionId }: SuggestionDone, undo: (actionId: string) => void) {
  const lines = skipped.slice(0, SHOWN_SKIPS).map((each) => `F-${each.number}: ${each.why}`);
  const rest = skipped.length > SHOWN_SKIPS ? [`and ${skipped.length - SHOWN_SKIPS} more`] : [];
  const did = verb === "apply" ? "Applied" : "Ignored";
  toast({
    tone: settled === 0 ? "error" : "plain", title: settled === 0 ? "Nothing was settled" : `${did}: ${suggestions(settled)}${skipped.length > 0 ? `, ${skipped.length.toLocaleString("en")} left alone` : ""}`,
    description: [...lines, ...rest].join("\n") || undefined, stays: 12_000, action: actionId ? { label: `Undo${keyInBrackets("action.undo")}`, onClick: () => undo(actionId) } : undefined,
  });
}

const suggestions = (n: number) => `${n.toLocaleString("en")} ${n === 1 ? "suggestion" : "suggestions"}`;

/** What can be done with the suggestions of a scan: one, or all of a kind. The page is read again after each. */
function useSuggestions({ environment, page, actions }: Props) {
  const router = useRouter();
  const [more, setMore] = useState<{ first: SuggestionsView; items: readonly SuggestionView[]; next: number | null; loading: boolean }>({ first: page, items: page.items, next: page.next, loading: false });
  if (more.first !== page) setMore({ first: page, items: page.items, next: page.next, loading: false });

  async function undo(actionId: string) {
    const value = heard(await actions.revertAction({ environment, actionId }).catch(() => null));
    if (value) announce("Taken back", value, null);
    router.refresh();
  }

  async function settle(verb: Verb, items: readonly SuggestionTarget[], many: boolean): Promise<boolean> {
    const act = verb === "apply" ? actions.applySuggestions : actions.ignoreSuggestions;
    const value = heard(await act({ environment, items, many }).catch(() => null));
    if (value) tell(verb, value, (actionId) => void undo(actionId));
    if (value && !many) focusPart("suggestions"); // the pressed button goes
    router.refresh();
    return value !== null;
  }

  /** Each as it stands now: what moves between this look and the act is left alone. */
  async function settleAll(verb: Verb, suggests: Suggests): Promise<boolean> {
    const found = heard(await actions.loadTargets({ environment, scan: page.scan, suggests }).catch(() => null));
    return found !== null && found.items.length > 0 && settle(verb, found.items, true);
  }

  async function loadMore() {
    if (more.next === null || more.loading) return;
    setMore({ ...more, loading: true });
    const value = heard(await actions.loadSuggestions({ environment, scan: page.scan, after: more.next }).catch(() => null));
    setMore((before) => ({ ...before, loading: false, ...(value ? { items: [...before.items, ...value.items], next: value.next } : {}) }));
  }
  return { ...more, one: (verb: Verb, of: SuggestionView) => settle(verb, [{ suggestion: of.id, version: of.finding.version }], false), settleAll, loadMore: () => void loadMore() };
}

/** Says what it means for all of one kind before it happens, with the exact number. */
function AllDialog({ verb, kind, onClose, onSend }: { verb: Verb; kind: SuggestionKind; onClose: () => void; onSend: () => Promise<boolean> }) {
  const send = useSend(true, async () => {
    const done = await onSend();
    if (done) onClose();
    return done;
  });
  const { title, does } = SUGGESTS_LABELS[kind.suggests];
  const n = Math.min(kind.open, MOST);
  return (
    <Dialog
      title={`${verb === "apply" ? "Apply" : "Ignore"} all: ${title.toLowerCase()}`} aside={suggestions(n)} onClose={onClose} onKeyDown={send.onKeyDown} width={580}
      footer={<SendFooter hint={verb === "apply" ? "Can be undone like any decision" : "Settled for good"} label={`${verb === "apply" ? "Apply" : "Ignore"} ${n.toLocaleString("en")}`} sending={send.sending} onCancel={onClose} onSend={send.submit} />}
    >
      <p className="text-ink-2">
        {verb === "apply" ? `For each finding: ${does.charAt(0).toLowerCase()}${does.slice(1)}. It is your own decision. What has moved meanwhile, or is against the policy, is left alone and named with its reason.` : "The findings stay as they are; each says in its log who ignored the suggestion."}
        {kind.open > MOST ? ` One action takes ${MOST.toLocaleString("en")} of the ${kind.open.toLocaleString("en")}.` : ""}
      </p>
    </Dialog>
  );
}

const OUTCOMES = { applied: "Applied by", ignored: "Ignored by", superseded: "Replaced by" } as const;

function Row({ each, environment, mayDecide, onSettle }: { each: SuggestionView; environment: number; mayDecide: boolean; onSettle: (verb: Verb, of: SuggestionView) => Promise<boolean> }) {
  const [busy, setBusy] = useState<Verb | null>(null);
  async function settle(verb: Verb) {
    setBusy(verb);
    await onSettle(verb, each);
    setBusy(null);
  }
  const { finding, outcome, settledBy } = each;
  const { title, does } = SUGGESTS_LABELS[each.suggests];
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1 border-b border-line py-2">
      <div className="min-w-0 flex-1 basis-72">
        <span className="flex items-center gap-2">
          <DetectionDot status={finding.scanner} /><SeverityMark severity={finding.severity} />
          <span className="min-w-0 break-words"><Link href={`/e/${environment}/findings/${finding.number}`} prefetch={false} className="font-medium text-accent hover:underline">F-{finding.number}</Link> {finding.title} <span className="text-xs text-ink-3">{finding.asset}</span></span>
        </span>
        <span className="block text-xs break-words text-ink-2"><b className="font-medium">{title}</b>{" · "}{each.reason}</span>
        <Source suggestion={each} environment={environment} />
      </div>
      {outcome !== null ? <span className="text-xs text-ink-3">{OUTCOMES[outcome]} {settledBy}{sinceApplied(each)}</span> : null}
      {outcome === null && mayDecide ? (
        <span className="flex gap-1.5">
          {STEPS[each.suggests] === "never" ? null : <Button size="xs" loading={busy === "apply"} disabled={busy !== null} title={does} onClick={() => void settle("apply")} aria-label={`Apply to F-${finding.number}: ${title.toLowerCase()}`}>Apply</Button>}
          <Button size="xs" look="quiet" loading={busy === "ignore"} disabled={busy !== null} onClick={() => void settle("ignore")} aria-label={`Ignore the suggestion about F-${finding.number}`}>Ignore</Button>
        </span>
      ) : null}
    </li>
  );
}

function Unmatched({ page: { statements, matched, unmatched } }: { page: SuggestionsView }) {
  const left = statements - matched;
  if (left <= 0 || unmatched.length === 0) return null;
  return (
    <details className="mt-2 text-xs text-ink-2">
      <summary className="cursor-pointer">{left.toLocaleString("en")} matched none{unmatched.length < left ? `; the first ${unmatched.length}` : ""}</summary>
      <ul className="mt-1 max-h-60 overflow-y-auto">{unmatched.map((each, place) => <li key={place} className="py-0.5 break-words">{each.vulnerabilities.join(", ") || "A vulnerability without a CVE or GHSA name"}: {each.claim}{each.products.length > 0 ? ` · ${each.products.join(", ")}` : ""}</li>)}</ul>
    </details>
  );
}

/** What the statements of a document suggest, and which meet nothing. Nothing at all where a scan states nothing. */
export function SuggestionList(props: Props) {
  const { environment, page, mayDecide } = props;
  const list = useSuggestions(props);
  const [asks, setAsks] = useState<{ verb: Verb; kind: SuggestionKind } | null>(null);
  if (page.statements === 0) return null;
  const { statements, matched, findings } = page;
  const open = page.kinds.filter((kind) => kind.open > 0);
  return (
    <section aria-labelledby="suggestions" className="mt-6">
      <h3 id="suggestions" tabIndex={-1} className="font-semibold focus:outline-none">{statements.toLocaleString("en")} {statements === 1 ? "statement" : "statements"}: {matched.toLocaleString("en")} matched {findings.toLocaleString("en")} {findings === 1 ? "finding" : "findings"}, {(statements - matched).toLocaleString("en")} matched none</h3>
      <p className="mb-1 text-xs text-ink-3">A statement decides nothing: it suggests, and people apply or ignore it. <Link href={`/e/${environment}/help#suggestions`} className="underline hover:text-ink">What may it change?</Link></p>
      {mayDecide && open.length > 0 ? (
        <div className="my-2 flex flex-wrap gap-1.5">
          {open.map((kind) => {
            const label = `${Math.min(kind.open, MOST).toLocaleString("en")} “${SUGGESTS_LABELS[kind.suggests].title.toLowerCase()}”…`;
            return (
              <span key={kind.suggests} className="flex flex-wrap gap-1.5">
                {STEPS[kind.suggests] === "never" ? null : <Button size="sm" onClick={() => setAsks({ verb: "apply", kind })}>Apply all {label}</Button>}
                <Button size="sm" look="quiet" onClick={() => setAsks({ verb: "ignore", kind })}>Ignore all {label}</Button>
              </span>
            );
          })}
        </div>
      ) : null}
      <ul>{list.items.map((each) => <Row key={each.id} each={each} environment={environment} mayDecide={mayDecide} onSettle={list.one} />)}</ul>
      {list.next === null ? null : <Button size="xs" look="quiet" loading={list.loading} onClick={list.loadMore} className="mt-1">More</Button>}
      <Unmatched page={page} />
      {asks ? <AllDialog verb={asks.verb} kind={asks.kind} onClose={() => setAsks(null)} onSend={() => list.settleAll(asks.verb, asks.kind.suggests)} /> : null}
    </section>
  );
}
