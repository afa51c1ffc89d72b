"use client";
import { SeverityMark } from "@/components/finding/marks";
import { findings } from "@/components/alerts/outcome-toast";
import { Field, Input } from "@/components/ui/field";
import { Skeleton } from "@/components/ui/states";
import type { TicketPreview } from "@/lib/domain/views/tickets";
import type { CreateDraft } from "./create-draft";
import { ticketsWord } from "./ticket-news";
import type { Previewed } from "./use-create";

const SHOWN = 50;

type Group = TicketPreview["groups"][number];

function One({ group }: { group: Group }) {
  return (
    <li>
      <details>
        <summary className="flex cursor-pointer items-center gap-2 py-1"><SeverityMark severity={group.severity} /><span className="min-w-0 flex-1 truncate" title={group.title}>{group.title}</span><span className="text-xs whitespace-nowrap text-ink-3">{findings(group.findings.length)}</span></summary>
        <div className="pb-1 pl-[26px] text-xs text-ink-2">
          <p className="text-ink-3">{group.findings.slice(0, 40).map((number) => `F-${number}`).join(", ")}{group.findings.length > 40 ? ` and ${group.findings.length - 40} more` : ""}</p>
          {group.description ? <p className="mt-1 max-h-28 overflow-y-auto break-words whitespace-pre-line" tabIndex={0} role="group" aria-label="Description">{group.description}</p> : null}
          {group.gaps.length > 0 ? <ul className="mt-1 list-disc pl-4 text-ink-3">{group.gaps.map((gap) => <li key={gap} className="break-words">{gap}</li>)}</ul> : null}
        </div>
      </details>
    </li>
  );
}

type LeftProps = { preview: TicketPreview; draft: CreateDraft; set: (part: Partial<CreateDraft>) => void };

/** Who is left out and why, and what lets them in: a note, or a second ticket on purpose. Once let in, the way back stays. */
function Left({ preview: { left }, draft, set }: LeftProps) {
  const hasTicket = left.some(({ ticket }) => ticket !== null) || draft.insist;
  const isExcluded = left.some(({ override }) => override) || draft.override !== "";
  return (
    <>
      {left.length > 0 ? (
        <details className="mt-2" open={left.length <= 3}>
          <summary className="cursor-pointer"><b className="font-medium text-ink">{left.length.toLocaleString("en")} left out.</b></summary>
          <ul className="mt-1 max-h-28 overflow-y-auto text-xs text-ink-2" tabIndex={0} aria-label="Left out">{left.slice(0, 200).map(({ number, why }) => <li key={number} className="break-words">{why}</li>)}</ul>
        </details>
      ) : null}
      {isExcluded ? <Field label="Let the excluded in" hint="with a note: why they go out all the same" className="mt-2">{(wires) => <Input {...wires} maxLength={4000} value={draft.override} onChange={(event) => set({ override: event.target.value })} />}</Field> : null}
      {hasTicket ? (
        <label className="mt-2 flex cursor-pointer items-start gap-2"><input type="checkbox" checked={draft.insist} onChange={(event) => set({ insist: event.target.checked })} className="mt-[3px] accent-(--accent)" /><span>A second open ticket for those that have one is meant</span></label>
      ) : null}
    </>
  );
}

function Request({ request, first }: { request: NonNullable<TicketPreview["request"]>; first: string }) {
  return (
    <details className="mt-2">
      <summary className="cursor-pointer text-accent">The exact request for “{first}”</summary>
      <pre tabIndex={0} aria-label="Request" className="mt-1 max-h-56 overflow-auto rounded-md border border-line bg-panel p-2 font-mono text-2xs break-all whitespace-pre-wrap text-ink-2">{`${request.method} ${request.address}\n${Object.entries(request.headers).map(([name, value]) => `${name}: ${value}`).join("\n")}\n\n${request.body}`}</pre>
    </details>
  );
}

/** What will be made, what is left out and why, and what goes out, word by word: before anything happens. */
export function CreatePreview({ previewed, draft, set }: { previewed: Previewed; draft: CreateDraft; set: (part: Partial<CreateDraft>) => void }) {
  const { preview, fault, isAsking } = previewed;
  const sum = preview?.groups.reduce((total, { findings: all }) => total + all.length, 0) ?? 0;
  return (
    <section aria-label="What will be made" aria-busy={isAsking} className="mt-3.5 min-h-[92px] rounded-[9px] bg-sunk px-3 py-2.5 text-ink-2">
      {fault ? <p role="alert" className="text-danger">{fault}</p> : null}
      {!preview && !fault ? <div role="status" aria-label="Looking what will be made" className="space-y-2 py-1"><Skeleton className="h-3 w-40" /><Skeleton className="h-3 w-full" /><Skeleton className="h-3 w-3/5" /></div> : null}
      {preview ? (
        <>
          <p role="status"><b className="font-medium text-ink">{preview.groups.length === 0 ? "No ticket will be made." : `${ticketsWord(preview.groups.length)} of ${findings(sum)}.`}</b> {preview.groups.length > 0 ? "The findings keep their decisions." : ""}</p>
          <ul aria-label="Tickets" className="mt-1 max-h-52 overflow-y-auto">{preview.groups.slice(0, SHOWN).map((group) => <One key={group.findings[0]} group={group} />)}</ul>
          {preview.groups.length > SHOWN ? <p className="text-xs text-ink-3">and {preview.groups.length - SHOWN} more</p> : null}
          <Left preview={preview} draft={draft} set={set} />
          {preview.request && preview.groups[0] ? <Request request={preview.request} first={preview.groups[0].title} /> : null}
        </>
      ) : null}
    </section>
  );
}
