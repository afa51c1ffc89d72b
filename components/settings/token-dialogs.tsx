"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { SendFooter, useSend } from "@/components/alerts/dialog-parts";
import { announceRefusal, announceSilence } from "@/components/alerts/outcome-toast";
import { CopyButton } from "@/components/finding/copy-button";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input, Select, Textarea } from "@/components/ui/field";
import { toast } from "@/components/ui/toast";
import { createToken, revokeToken } from "@/lib/actions/tokens";
import { ROLE_LABELS, ROLES, type Role } from "@/lib/domain/access/can";
import { SCOPES, type Scope } from "@/lib/domain/access/scopes";
import type { TokenRecord } from "@/lib/domain/records/token";
import type { Fault, Refusal } from "@/lib/domain/refusal";
import type { Me } from "@/lib/domain/views/shell";
import { ScopePicks } from "./scope-picks";

const DAYS = [7, 30, 90, 180, 365] as const;
const FIELDS: readonly string[] = ["name", "role", "days", "person", "scopes", "addresses"];

/** Shown this once: Escape alone does not lose it. */
function Made({ token, onClose }: { token: string; onClose: () => void }) {
  const [isAsked, setAsked] = useState(false);
  return (
    <Dialog title="Your new token" onClose={isAsked ? onClose : () => setAsked(true)} footer={<Button size="md" onClick={onClose}>Done</Button>}>
      <p role="status" className="text-ink-2">Copy it now: it is shown this once, and only its hash is kept.</p>
      <p className="mt-2 flex items-center gap-2 rounded-lg bg-sunk px-3 py-2"><code aria-label="Token" className="min-w-0 flex-1 font-mono text-xs break-all">{token}</code><span className="shrink-0 text-xs text-ink-2"><CopyButton text={token} /></span></p>
      <p className="mt-2 text-xs text-ink-3">Send it as <code className="font-mono">Authorization: Bearer dkt_…</code></p>
      {isAsked ? <p role="alert" className="mt-2 text-xs text-danger">Do you have it? It cannot be shown again. Done closes this, and so does Escape now.</p> : null}
    </Dialog>
  );
}

/** What was refused, at its field where it has one here, else as a message. */
function useFaults() {
  const [faults, setFaults] = useState<readonly Fault[]>([]);
  const tell = (refusal: Refusal) => {
    const here = (refusal.errors ?? []).map((fault) => ({ ...fault, path: fault.path.split(".", 1)[0] ?? "" })).filter(({ path }) => FIELDS.includes(path)); // "addresses.2" is one of a field's
    setFaults(here);
    if (here.length === 0) announceRefusal(refusal);
  };
  return { tell, forget: () => setFaults([]), of: (path: string) => faults.find((fault) => fault.path === path)?.message ?? null };
}

type Draft = { name: string; role: Role; person: string; days: number; scopes: readonly Scope[]; addresses: string };

/** Makes a token: what it is called, what it may and from where, whether its maker stands behind it, and for how long; then shows it, once. */
export function MakeTokenDialog({ environment, me, onClose }: { environment: number; me: Me; onClose: () => void }) {
  const router = useRouter();
  const faults = useFaults();
  const [draft, keep] = useState<Draft>({ name: "", role: "analyst", person: "", days: 90, scopes: SCOPES, addresses: "" });
  const setDraft = (next: Draft) => {
    keep(next);
    faults.forget(); // what was refused was another text
  };
  const [made, setMade] = useState<string | null>(null);
  const isNamed = draft.name.trim() !== "";
  const isScoped = draft.scopes.length > 0;
  const send = useSend(isNamed && isScoped, async () => {
    const { name, role, days, person, scopes, addresses } = draft;
    const answer = await createToken({ environment, name, role, days, person: person || null, scopes: [...scopes], addresses: addresses.split(/[\s,;]+/).filter(Boolean) }).catch(() => null);
    if (!answer) announceSilence();
    else if (!answer.ok) faults.tell(answer.refusal);
    if (!answer?.ok) return false;
    setMade(answer.value.token);
    router.refresh();
    return true;
  });
  if (made !== null) return <Made token={made} onClose={onClose} />;
  return (
    <Dialog title="Make a token" onClose={onClose} onKeyDown={send.onKeyDown} footer={<SendFooter hint="It is shown once" label="Make" sending={send.sending} onCancel={onClose} onSend={send.submit} />}>
      <Field label="Name" hint="what it is for" required error={send.tried && !isNamed ? "Name it." : faults.of("name")}>{(wires) => <Input {...wires} data-autofocus maxLength={100} value={draft.name} onChange={(event) => setDraft({ ...draft, name: event.target.value })} />}</Field>
      <div className="mt-3 grid grid-cols-2 gap-3 max-sm:grid-cols-1">
        <Field label="Role" error={faults.of("role")}>{(wires) => <Select {...wires} value={draft.role} onChange={(event) => setDraft({ ...draft, role: ROLES.find((role) => role === event.target.value) ?? draft.role })}>{ROLES.map((role) => <option key={role} value={role}>{ROLE_LABELS[role]}</option>)}</Select>}</Field>
        <Field label="Expires after" error={faults.of("days")}>{(wires) => <Select {...wires} value={draft.days} onChange={(event) => setDraft({ ...draft, days: Number(event.target.value) })}>{DAYS.map((days) => <option key={days} value={days}>{days} days</option>)}</Select>}</Field>
      </div>
      <Field label="Person" hint="acts for you: may what both may, and ends with you" className="mt-3" error={faults.of("person")}>{(wires) => <Select {...wires} value={draft.person} onChange={(event) => setDraft({ ...draft, person: event.target.value })}><option value="">Nobody: the environment&apos;s own</option><option value={me.email}>{me.name} ({me.email})</option></Select>}</Field>
      <ScopePicks chosen={draft.scopes} error={send.tried && !isScoped ? "Choose one at least." : faults.of("scopes")} onChange={(scopes) => setDraft({ ...draft, scopes })} />
      <Field label="Addresses" hint="and networks that it is taken from; none: from anywhere" className="mt-3" error={faults.of("addresses")}>{(wires) => <Textarea {...wires} rows={2} maxLength={1200} placeholder="203.0.113.0/24, 2001:db8::7" value={draft.addresses} onChange={(event) => setDraft({ ...draft, addresses: event.target.value })} />}</Field>
    </Dialog>
  );
}

/** Ends a token at once; the log keeps why. */
export function RevokeTokenDialog({ environment, token, onClose }: { environment: number; token: TokenRecord; onClose: () => void }) {
  const router = useRouter();
  const [reason, setReason] = useState("");
  const isSaid = reason.trim() !== "";
  const send = useSend(isSaid, async () => {
    const answer = await revokeToken({ environment, token: token.id, reason }).catch(() => null);
    if (!answer) announceSilence();
    else if (!answer.ok) announceRefusal(answer.refusal);
    if (!answer?.ok) return false;
    toast({ tone: "plain", title: `Revoked: ${token.name}`, stays: 5_000 });
    router.refresh();
    onClose();
    return true;
  });
  return (
    <Dialog title={`Revoke ${token.name}`} onClose={onClose} onKeyDown={send.onKeyDown} footer={<SendFooter hint="This cannot be taken back" label="Revoke" sending={send.sending} onCancel={onClose} onSend={send.submit} />}>
      <p className="text-ink-2">Calls with it are refused from now on. What it did stays in the log under its name.</p>
      <Field label="Reason" required className="mt-3" error={send.tried && !isSaid ? "Say why." : null}>{(wires) => <Textarea {...wires} data-autofocus maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />}</Field>
    </Dialog>
  );
}
