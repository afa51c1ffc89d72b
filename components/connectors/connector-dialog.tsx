"use client";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { SendFooter, useSend } from "@/components/alerts/dialog-parts";
import { announceRefusal, announceSilence } from "@/components/alerts/outcome-toast";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input, Select } from "@/components/ui/field";
import { toast } from "@/components/ui/toast";
import { previewRequest, tryDraft } from "@/lib/actions/connector-drafts";
import { saveConnector } from "@/lib/actions/connectors";
import { connectorRule } from "@/lib/domain/connector/kinds";
import type { Refusal, Result } from "@/lib/domain/refusal";
import type { CheckView, RequestView } from "@/lib/domain/views/connector-draft";
import type { ConnectorView, KindView } from "@/lib/domain/views/connectors";
import { CheckList } from "./check-list";
import { draftOf, faultsAfter, faultsOf, requestOf, type ConnectorDraft } from "./connector-draft";
import { ConnectorFields } from "./connector-fields";

type Props = { environment: number; kinds: readonly KindView[]; connector: ConnectorView | null; onClose: () => void };

/** Word by word what would be sent, with dots for what is secret. */
function Request({ request }: { request: RequestView }) {
  const lines = [`${request.method} ${request.address}`, ...Object.entries(request.headers).map(([name, value]) => `${name}: ${value}`), "", request.body];
  return (
    <section aria-label="The request" className="mt-3">
      <p className="text-xs text-ink-3">{request.of === null ? "A sample: there is no ticket yet." : `As ${request.of} would be sent now.`}</p>
      <pre tabIndex={0} role="region" aria-label="The request, word by word" className="mt-1 max-h-64 overflow-auto rounded-lg border border-line bg-ground px-3 py-2 font-mono text-xs break-words whitespace-pre-wrap">{lines.join("\n")}</pre>
    </section>
  );
}

/** What a form asks of the server while it is typed: each answer stands until the form changes. */
function useTrials(environment: number, draft: ConnectorDraft, connector: ConnectorView | null, onRefused: (refusal: Refusal) => void) {
  const [asking, setAsking] = useState<"test" | "request" | null>(null);
  const [seen, setSeen] = useState<{ checks?: readonly CheckView[]; request?: RequestView }>({});
  async function ask<Out>(what: "test" | "request", question: (raw: unknown) => Promise<Result<Out>>, take: (value: Out) => typeof seen) {
    setAsking(what);
    const { kind, settings, id, ...rest } = { id: undefined, ...requestOf(draft, connector) };
    const secret = "secret" in rest ? { secret: rest.secret } : {};
    const answer = await question({ environment, kind, settings, ...(id === undefined ? {} : { id }), ...secret }).catch(() => null);
    setAsking(null);
    if (!answer) announceSilence();
    else if (answer.ok) setSeen((before) => ({ ...before, ...take(answer.value) }));
    else onRefused(answer.refusal);
  }
  return {
    asking, seen, forget: () => setSeen({}),
    test: () => void ask("test", tryDraft, ({ checks }) => ({ checks })),
    show: () => void ask("request", previewRequest, (request) => ({ request })),
  };
}

/** Adds a connector or changes it: the form is its plug-in's, and may be tried before it is saved. */
export function ConnectorDialog({ environment, kinds, connector, onClose }: Props) {
  const router = useRouter();
  const [draft, setDraft] = useState(() => draftOf(connector?.kind ?? kinds[0]?.kind ?? "jira_cloud", connector));
  const [faults, setFaults] = useState<Readonly<Record<string, string>>>({});
  function refused(refusal: Refusal) {
    setFaults(faultsOf(refusal));
    if (!refusal.errors?.length) announceRefusal(refusal);
  }
  const trials = useTrials(environment, draft, connector, refused);
  const results = useRef<HTMLDivElement>(null);
  useEffect(() => { if (trials.seen.checks || trials.seen.request) results.current?.scrollIntoView({ block: "nearest" }); }, [trials.seen]);
  function change(next: ConnectorDraft) {
    setFaults((standing) => faultsAfter(standing, draft, next));
    setDraft(next);
    trials.forget();
  }
  const send = useSend(true, async () => {
    setFaults({});
    const answer = await saveConnector({ environment, ...requestOf(draft, connector) }).catch(() => null);
    if (!answer) announceSilence();
    else if (!answer.ok) refused(answer.refusal);
    if (!answer?.ok) return false;
    toast({ tone: "plain", title: `Saved: ${draft.name.trim()}`, stays: 4_000 });
    router.refresh();
    onClose();
    return true;
  });
  return (
    <Dialog
      title={connector ? `Change ${connector.name}` : "Add a connector"} aside={connector ? connectorRule(connector.kind).label : undefined} width={760} onClose={onClose} onKeyDown={send.onKeyDown}
      footer={<SendFooter hint={connector ? "Saving ends a pause: what waits is tried at once" : ""} label={connector ? "Save" : "Add"} sending={send.sending} onCancel={onClose} onSend={send.submit} />}
    >
      <div className="mb-3 grid grid-cols-2 gap-x-4 gap-y-3 max-sm:grid-cols-1">
        {connector ? null : <Field label="Kind">{(wires) => <Select {...wires} data-autofocus value={draft.kind} onChange={(event) => { const kind = kinds.find((each) => each.kind === event.target.value)?.kind; if (kind) change({ ...draftOf(kind, null), name: draft.name }); }}>{kinds.map(({ kind, label }) => <option key={kind} value={kind}>{label}</option>)}</Select>}</Field>}
        <Field label="Name" required error={faults.name}>{(wires) => <Input {...wires} data-autofocus={connector ? true : undefined} maxLength={100} placeholder="Jira of the platform team" value={draft.name} onChange={(event) => change({ ...draft, name: event.target.value })} />}</Field>
      </div>
      <ConnectorFields draft={draft} connector={connector} faults={faults} onDraft={change} />
      <div className="mt-4 flex flex-wrap gap-2 border-t border-line pt-3">
        <Button loading={trials.asking === "test"} onClick={trials.test}>Test</Button>
        <Button loading={trials.asking === "request"} onClick={trials.show}>Show the request</Button>
      </div>
      <div ref={results} aria-live="polite">
        {trials.seen.checks ? <div className="mt-3"><CheckList checks={trials.seen.checks} /></div> : null}
        {trials.seen.request ? <Request request={trials.seen.request} /> : null}
      </div>
    </Dialog>
  );
}
