"use client";
import { useState } from "react";
import { dayAfter, endOfDay, SendFooter, useSend } from "@/components/alerts/dialog-parts";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input } from "@/components/ui/field";
import { toast } from "@/components/ui/toast";
import { useAttempt } from "./use-attempt";
import type { TicketDoing } from "./use-ticket";

/** The day that stands while it is still to come, else one in two weeks. */
function firstDay(now: string, stands: string | null): string {
  return stands !== null && Date.parse(stands) > Date.parse(now) ? dayAfter(stands, 0) : dayAfter(now, 14);
}

/** When the vendor is asked again; a day that stands is moved here, or taken away. */
export function FollowDialog({ doing, onClose }: { doing: TicketDoing; onClose: () => void }) {
  const { actions, environment, ticket, now } = doing;
  const [day, setDay] = useState(() => firstDay(now, ticket.followUpOn));
  const { refused, attempt, clear } = useAttempt(doing, onClose);
  const at = endOfDay(day);
  const isSound = at !== null && Date.parse(at) > Date.parse(now);
  const say = (followUpOn: string | null, title: string) => attempt(
    () => actions.editTicket({ environment, number: ticket.number, version: ticket.version, followUpOn }),
    () => toast({ tone: "plain", title, stays: 7_000 }),
  );
  const send = useSend(isSound, () => say(at, `T-${ticket.number} comes back on ${day}`));
  const none = useSend(true, () => say(null, `T-${ticket.number} has no day any more: it waits for one`));
  return (
    <Dialog
      title="Ask the vendor again" aside={`T-${ticket.number}`} onClose={onClose} onKeyDown={send.onKeyDown} width={480}
      footer={<SendFooter hint="The ticket stays closed until then" label="Save" sending={send.sending} disabled={none.sending} onCancel={onClose} onSend={send.submit} />}
    >
      <Field label="Day" hint="from then on it waits for somebody" required error={refused ?? (send.tried && !isSound ? "Choose a day to come." : null)}>
        {(wires) => (
          <span className="flex flex-wrap gap-2">
            <Input {...wires} data-autofocus type="date" min={dayAfter(now, 1)} value={day} onChange={(event) => { setDay(event.target.value); clear(); }} className="max-w-40" />
            {ticket.followUpOn === null ? null : <Button size="md" loading={none.sending} disabled={send.sending} onClick={none.submit}>No day</Button>}
          </span>
        )}
      </Field>
    </Dialog>
  );
}
