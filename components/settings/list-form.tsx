"use client";
import { useState } from "react";
import { announceRefusal, announceSilence } from "@/components/alerts/outcome-toast";
import { Button } from "@/components/ui/button";
import { Field, Textarea } from "@/components/ui/field";
import { toast } from "@/components/ui/toast";
import { saveLists } from "@/lib/actions/notices";
import type { ListsView } from "@/lib/domain/views/notices";

type List = ListsView["lists"][number];

const addressesIn = (text: string) => text.split(/[\s,;]+/).filter((one) => one !== "");

function One({ environment, list }: { environment: number; list: List }) {
  const [text, setText] = useState(list.addresses.join("\n"));
  const [state, setState] = useState<{ saving: boolean; fault: string | null }>({ saving: false, fault: null });
  async function save() {
    setState({ saving: true, fault: null });
    const done = await saveLists({ environment, lists: [{ event: list.event, addresses: addressesIn(text) }] }).catch(() => null);
    const faults = done && !done.ok ? done.refusal.errors?.map(({ message }) => message).join(" ") : undefined;
    setState({ saving: false, fault: faults ?? null });
    if (!done) announceSilence();
    else if (!done.ok && !faults) announceRefusal(done.refusal);
    else if (done.ok) toast({ tone: "plain", title: `Saved: ${list.label.toLowerCase()}`, stays: 4_000 });
  }
  return (
    <form className="mb-4" onSubmit={(event) => { event.preventDefault(); void save(); }}>
      <Field label={list.label} hint="one address a line, at most 50" error={state.fault ?? undefined}>
        {(wires) => <Textarea {...wires} rows={2} value={text} onChange={(event) => setText(event.target.value)} />}
      </Field>
      <Button type="submit" className="mt-1.5" loading={state.saving}>Save the list</Button>
    </form>
  );
}

/** Who is written to beside the people concerned: a team's list, by event. */
export function ListForm({ environment, view }: { environment: number; view: ListsView }) {
  return <>{view.lists.map((list) => <One key={list.event} environment={environment} list={list} />)}</>;
}
