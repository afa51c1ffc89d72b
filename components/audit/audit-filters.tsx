"use client";
import { useRouter } from "next/navigation";
import { useTransition, type FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { Field, Input, Select } from "@/components/ui/field";
import { AUDIT_ACTIONS, isAuditAction } from "@/lib/domain/audit/actions";
import type { AuditFilter, AuditPage } from "@/lib/domain/views/audit";

/** An audit list's address; empty parts are left out. */
export function auditAddress(filter: Partial<AuditFilter>, cursor: string | null = null): string {
  const query = new URLSearchParams(Object.entries({ ...filter, cursor: cursor ?? "" }).filter(([, value]) => value !== ""));
  return `?${query.toString()}`;
}

function read(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value.trim() : "";
}

/** Who, what, on which record, and when. */
export function AuditFilters({ page }: { page: AuditPage }) {
  const router = useRouter();
  const [isWaiting, start] = useTransition();
  const { filter } = page;
  const go = (next: Partial<AuditFilter>) => start(() => router.push(auditAddress(next)));

  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    go({ actor: read(form, "actor"), action: read(form, "action"), record: read(form, "record"), from: read(form, "from"), to: read(form, "to") });
  }

  return (
    <form onSubmit={onSubmit} key={JSON.stringify(filter)} aria-label="Filter the log" className="flex flex-wrap items-end gap-3 border-b border-line px-[18px] py-2.5 [&_label]:text-2xs [&_label]:font-normal [&_label]:text-ink-3">
      <Field label="Who" className="w-40">{(wires) => <Select {...wires} name="actor" defaultValue={filter.actor}><option value="">Anyone</option>{page.actors.map((actor) => <option key={actor.id} value={actor.id}>{actor.name}</option>)}</Select>}</Field>
      <Field label="What" className="w-48">{(wires) => <Select {...wires} name="action" defaultValue={filter.action}><option value="">Anything</option>{page.actions.map((action) => <option key={action} value={action}>{isAuditAction(action) ? `${AUDIT_ACTIONS[action].label} (${action})` : action}</option>)}</Select>}</Field>
      <Field label="Record" className="w-32">{(wires) => <Input {...wires} name="record" placeholder="F-42" maxLength={60} defaultValue={filter.record} />}</Field>
      <Field label="From" hint="UTC" className="w-36">{(wires) => <Input {...wires} name="from" type="date" defaultValue={filter.from} />}</Field>
      <Field label="To" hint="UTC" className="w-36">{(wires) => <Input {...wires} name="to" type="date" defaultValue={filter.to} />}</Field>
      <Button size="md" type="submit" loading={isWaiting}>Filter</Button>
      {Object.values(filter).some(Boolean) ? <Button size="md" look="quiet" onClick={() => go({})}>Clear</Button> : null}
    </form>
  );
}
