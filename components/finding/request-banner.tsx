"use client";
import { Button } from "@/components/ui/button";
import { Moment } from "@/components/ui/moment";
import type { Command } from "@/components/alerts/commands";
import { can, type Role } from "@/lib/domain/access/can";
import type { FindingDetail } from "@/lib/domain/views/finding";
import { Section } from "./section";

type Props = { request: NonNullable<FindingDetail["request"]>; role: Role; onCommand: (command: Command) => void; onRevert: ((actionId: string) => void) | null };

/** An acceptance that waits: who asks for it, until when and why; answered by somebody else, taken back by whoever asked. */
export function RequestBanner({ request, role, onCommand, onRevert }: Props) {
  const mayAnswer = can(role, "acceptance.approve");
  return (
    <Section title="Acceptance requested" aside={<Moment at={request.at} />}>
      <p className="text-ink-2"><b className="font-medium text-ink">{request.isMine ? "You ask" : `${request.by} asks`}</b> to accept this risk until <Moment at={request.until} look="day" />. Status and clocks stay as they are meanwhile.</p>
      {request.justification ? <q className="mt-0.5 block border-l-2 border-line-strong pl-2 break-words whitespace-pre-line text-ink-2 [quotes:none]">{request.justification}</q> : null}
      <div className="mt-1.5 flex flex-wrap items-center gap-[7px]">
        {mayAnswer && !request.isMine ? <><Button size="xs" look="primary" onClick={() => onCommand("approve")}>Approve</Button><Button size="xs" onClick={() => onCommand("refuse")}>Refuse…</Button></> : null}
        {request.isMine && onRevert ? <Button size="xs" onClick={() => onRevert(request.actionId)}>Take back</Button> : null}
        {request.isMine ? <span className="text-xs text-ink-3">Somebody else approves or refuses it.</span> : mayAnswer ? null : <span className="text-xs text-ink-3">Managers approve or refuse it.</span>}
      </div>
    </Section>
  );
}
