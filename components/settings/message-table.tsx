"use client";
import { useState } from "react";
import { announceRefusal, announceSilence } from "@/components/alerts/outcome-toast";
import { chooseNotices } from "@/lib/actions/notices";
import type { ChoicesView } from "@/lib/domain/views/notices";

type Choice = ChoicesView["choices"][number];
type Way = "inApp" | "mail";

/** What one is told of and how; each box holds at once. It narrows messages, never the work. */
export function MessageTable({ environment, view }: { environment: number; view: ChoicesView }) {
  const [choices, setChoices] = useState(view.choices);
  async function choose(choice: Choice, way: Way, wanted: boolean) {
    const before = choices;
    const next = { ...choice, [way]: wanted };
    setChoices(before.map((one) => (one.event === choice.event ? next : one)));
    const done = await chooseNotices({ environment, choices: [{ event: next.event, inApp: next.inApp, mail: next.mail }] }).catch(() => null);
    if (done?.ok) return;
    setChoices(before);
    if (done) announceRefusal(done.refusal);
    else announceSilence();
  }
  const box = (choice: Choice, way: Way, name: string) => (
    <td className="w-24 text-center"><input type="checkbox" aria-label={`${choice.label}: ${name}`} checked={choice[way]} onChange={(event) => void choose(choice, way, event.target.checked)} className="size-4 accent-(--accent)" /></td>
  );
  return (
    <>
      <table className="w-full border-collapse text-left">
        <thead className="text-2xs text-ink-3"><tr className="border-b border-line [&>th]:h-[30px] [&>th]:font-normal"><th>Of what</th><th className="text-center">Inbox</th><th className="text-center">E-mail</th></tr></thead>
        <tbody>{choices.map((choice) => <tr key={choice.event} className="border-b border-line [&>td]:py-2"><td>{choice.label}</td>{box(choice, "inApp", "inbox")}{box(choice, "mail", "e-mail")}</tr>)}</tbody>
      </table>
      {view.hasMail ? null : <p className="mt-2 text-xs text-ink-3">No mail server is set here (SMTP_URL): nothing is mailed until there is one.</p>}
    </>
  );
}
