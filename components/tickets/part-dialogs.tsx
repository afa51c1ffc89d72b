"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { SendFooter, useSend } from "@/components/alerts/dialog-parts";
import { findings } from "@/components/alerts/outcome-toast";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input, Textarea } from "@/components/ui/field";
import { toast } from "@/components/ui/toast";
import { REMEDIATION_LABELS } from "@/lib/domain/ticket/words";
import { FindingPicks } from "./finding-picks";
import { useAttempt } from "./use-attempt";
import type { TicketDoing } from "./use-ticket";

type Props = { doing: TicketDoing; finding: number | null; onClose: () => void };

/** The findings of the ticket to choose from: one at least is chosen, and one at least stays. */
function useParting({ ticket: { linked } }: TicketDoing, first: number | null, instead: string) {
  const [chosen, setChosen] = useState<ReadonlySet<number>>(() => new Set(first === null ? [] : [first]));
  const numbers = linked.map(({ number }) => number).filter((number) => chosen.has(number));
  const fault = numbers.length === 0 ? "Choose one at least." : numbers.length === linked.length ? `One at least stays. ${instead}` : null;
  return { chosen, setChosen, numbers, fault, left: linked.length - numbers.length, offered: linked.map(({ number, title, asset, severity, remediation }) => ({ number, title, asset, severity, aside: `${asset} · ${REMEDIATION_LABELS[remediation].toLowerCase()}` })) };
}

/** Takes findings off the ticket, with the reason. */
export function UnlinkDialog({ doing, finding, onClose }: Props) {
  const { environment, ticket, actions } = doing;
  const [note, setNote] = useState("");
  const parting = useParting(doing, finding, "Close the ticket instead.");
  const { refused, attempt, clear } = useAttempt(doing, onClose);
  const isMissing = note.trim() === "";
  const send = useSend(parting.fault === null && !isMissing, () => attempt(
    () => actions.unlinkFindings({ environment, ticket: ticket.number, version: ticket.version, findings: parting.numbers, note: note.trim() }),
    () => toast({ tone: "plain", title: `Taken off T-${ticket.number}: ${findings(parting.numbers.length)}`, stays: 7_000 }),
  ));
  return (
    <Dialog
      title="Take findings off" aside={`T-${ticket.number}`} onClose={onClose} onKeyDown={send.onKeyDown}
      footer={<SendFooter hint="Both sides keep that they belonged together" label={parting.numbers.length > 1 ? `Take ${parting.numbers.length} off` : "Take off"} sending={send.sending} onCancel={onClose} onSend={send.submit} />}
    >
      <FindingPicks legend="Findings to take off" findings={parting.offered} chosen={parting.chosen} isFirst={finding === null} error={refused ?? (send.tried ? parting.fault : null)} onChange={(chosen) => { parting.setChosen(chosen); clear(); }} />
      <Field label="Reason" hint="the log of both keeps it" required error={send.tried && isMissing ? "Say why it is not this work." : null} className="mt-3.5">
        {(wires) => <Textarea {...wires} data-autofocus={finding !== null || undefined} maxLength={4000} value={note} onChange={(event) => setNote(event.target.value)} />}
      </Field>
      <p className="mt-3.5 rounded-[9px] bg-sunk px-3 py-2.5 text-ink-2" aria-live="polite"><b className="font-medium text-ink">T-{ticket.number} keeps {findings(parting.left)}.</b> What is taken off keeps its decision and waits for another ticket.{ticket.external ? " The tracker is told." : ""}</p>
    </Dialog>
  );
}

/** Makes a ticket of its own of some of the findings. */
export function SplitDialog({ doing, finding, onClose }: Props) {
  const router = useRouter();
  const { environment, ticket, actions } = doing;
  const [title, setTitle] = useState("");
  const parting = useParting(doing, finding, "Rename the ticket instead.");
  const { refused, attempt, clear } = useAttempt(doing, onClose);
  const send = useSend(parting.fault === null, () => attempt(
    () => actions.splitTicket({ environment, ticket: ticket.number, version: ticket.version, findings: parting.numbers, title: title.trim() || undefined }),
    ({ changed }) => {
      const made = changed.at(-1) ?? ticket.number;
      toast({ tone: "plain", title: `Made T-${made} of ${findings(parting.numbers.length)}`, stays: 12_000, leads: true, action: { label: `Open T-${made}`, onClick: () => router.push(`/e/${environment}/tickets/${made}`) } });
    },
  ));
  const goes = ticket.connector ? `is sent to ${ticket.connector} as well` : "stays in Docket as well";
  return (
    <Dialog
      title="Split ticket" aside={`T-${ticket.number}`} onClose={onClose} onKeyDown={send.onKeyDown}
      footer={<SendFooter hint="The two name one another" label="Split" sending={send.sending} onCancel={onClose} onSend={send.submit} />}
    >
      <FindingPicks legend="Findings of the new ticket" findings={parting.offered} chosen={parting.chosen} isFirst error={refused ?? (send.tried ? parting.fault : null)} onChange={(chosen) => { parting.setChosen(chosen); clear(); }} />
      <Field label="Title of the new ticket" hint="else it names itself after its findings" className="mt-3.5">{(wires) => <Input {...wires} maxLength={300} value={title} onChange={(event) => setTitle(event.target.value)} />}</Field>
      <p className="mt-3.5 rounded-[9px] bg-sunk px-3 py-2.5 text-ink-2" aria-live="polite"><b className="font-medium text-ink">A new ticket of {findings(parting.numbers.length)}; T-{ticket.number} keeps {parting.left}.</b> It has the same people, priority, labels and due date, {goes}, and how far each fix is goes along.</p>
    </Dialog>
  );
}
