"use client";
import { useState } from "react";
import { dayAfter, endOfDay, SendFooter, useSend } from "@/components/alerts/dialog-parts";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input, Textarea } from "@/components/ui/field";
import { refuse } from "@/lib/domain/refusal";
import { isLookedFor, UNNAMED } from "@/lib/domain/ticket/words";
import { AddDialog } from "./add-dialog";
import { CloseTicketDialog } from "./close-dialog";
import { EditTicketDialog } from "./edit-dialog";
import { FollowDialog } from "./follow-dialog";
import { MergeDialog } from "./merge-dialog";
import { SplitDialog, UnlinkDialog } from "./part-dialogs";
import { ReopenTicketDialog } from "./reopen-dialog";
import type { TicketDoing } from "./use-ticket";

type Asks = { title: string; aside: string; label: string; hint: string; noteLabel: string; noteHint?: string; needsNote: boolean; send: (note: string) => Promise<boolean>; onClose: () => void };

/** One text and a button: for deeds that ask for nothing but a reason. */
function NoteDialog({ title, aside, label, hint, noteLabel, noteHint, needsNote, send: deed, onClose }: Asks) {
  const [note, setNote] = useState("");
  const isMissing = needsNote && note.trim() === "";
  const send = useSend(!isMissing, async () => {
    const done = await deed(note.trim());
    if (done) onClose();
    return done;
  });
  return (
    <Dialog title={title} aside={aside} onClose={onClose} onKeyDown={send.onKeyDown} width={480} footer={<SendFooter hint={hint} label={label} sending={send.sending} onCancel={onClose} onSend={send.submit} />}>
      <Field label={noteLabel} hint={noteHint} required={needsNote} error={send.tried && isMissing ? "Say why, in a few words." : null}>{(wires) => <Textarea {...wires} data-autofocus maxLength={4000} value={note} onChange={(event) => setNote(event.target.value)} />}</Field>
    </Dialog>
  );
}

function RetestDialog({ doing, finding, onClose }: { doing: TicketDoing; finding: number; onClose: () => void }) {
  const { actions: { requestRetests }, environment, now, run } = doing;
  const [draft, setDraft] = useState(() => ({ due: dayAfter(now, 3), note: "" }));
  const due = endOfDay(draft.due);
  const send = useSend(due !== null, async () => {
    const ask = async () => {
      const answer = await requestRetests?.({ environment, items: [finding], dueAt: due ?? undefined, note: draft.note.trim() || undefined });
      if (!answer) return refuse("missing", "No retest can be asked for here.");
      return answer.ok && answer.value.retests.length === 0 ? refuse("conflict", answer.value.left[0]?.why ?? "No retest was asked for.") : answer;
    };
    const done = await run(ask);
    if (done) onClose();
    return done;
  });
  return (
    <Dialog title="Ask for a retest" aside={`F-${finding}`} onClose={onClose} onKeyDown={send.onKeyDown} width={480} footer={<SendFooter hint="Only its result verifies the fix" label="Ask" sending={send.sending} onCancel={onClose} onSend={send.submit} />}>
      <Field label="Until" required error={send.tried && due === null ? "Choose a day." : null}>{(wires) => <Input {...wires} data-autofocus type="date" min={dayAfter(now, 0)} value={draft.due} onChange={(event) => setDraft({ ...draft, due: event.target.value })} className="max-w-40" />}</Field>
      <Field label="Note" hint="what to try" className="mt-3.5">{(wires) => <Textarea {...wires} maxLength={4000} value={draft.note} onChange={(event) => setDraft({ ...draft, note: event.target.value })} />}</Field>
    </Dialog>
  );
}

const RESULTS = [{ passed: true, label: "Passed", means: "It can no longer be exploited: the fix is verified." }, { passed: false, label: "Failed", means: "It is still there: the fix is open again, and counted." }] as const;

function SettleDialog({ doing, finding, onClose }: { doing: TicketDoing; finding: number; onClose: () => void }) {
  const { actions: { settleRetest }, environment, run } = doing;
  const [draft, setDraft] = useState({ passed: true, note: "", reference: "" });
  const isMissing = draft.note.trim() === "";
  const send = useSend(!isMissing, async () => {
    const done = settleRetest !== undefined && (await run(() => settleRetest({ environment, finding, passed: draft.passed, note: draft.note.trim(), reference: draft.reference.trim() || undefined })));
    if (done) onClose();
    return done;
  });
  return (
    <Dialog title="Result of the retest" aside={`F-${finding}`} onClose={onClose} onKeyDown={send.onKeyDown} width={520} footer={<SendFooter hint="It becomes evidence" label="Record" sending={send.sending} onCancel={onClose} onSend={send.submit} />}>
      <fieldset>
        <legend className="sr-only">What came of it?</legend>
        {RESULTS.map(({ passed, label, means }) => (
          <label key={label} className="flex cursor-pointer items-center gap-2 rounded-lg px-2.5 py-[7px] text-ink-2 hover:bg-hover">
            <input type="radio" name="result" checked={draft.passed === passed} data-autofocus={draft.passed === passed || undefined} onChange={() => setDraft({ ...draft, passed })} className="accent-(--accent)" /><b className="w-16 font-medium text-ink">{label}</b>{means}
          </label>
        ))}
      </fieldset>
      <Field label="Note" hint="what was tried and what came of it" required error={send.tried && isMissing ? "Say what was tried and what came of it." : null} className="mt-3.5">{(wires) => <Textarea {...wires} maxLength={4000} value={draft.note} onChange={(event) => setDraft({ ...draft, note: event.target.value })} />}</Field>
      <Field label="Reference" hint="where it is written down" className="mt-3.5">{(wires) => <Input {...wires} maxLength={500} value={draft.reference} onChange={(event) => setDraft({ ...draft, reference: event.target.value })} />}</Field>
    </Dialog>
  );
}

function LinkDialog({ doing, onClose }: { doing: TicketDoing; onClose: () => void }) {
  const { actions: { linkByHand }, environment, ticket, run } = doing;
  const stands = ticket.drifts.find(({ field }) => field === "merged")?.theirs ?? UNNAMED;
  const [draft, setDraft] = useState({ key: stands === UNNAMED ? "" : stands, url: "" });
  const isMissing = draft.key.trim() === "";
  const send = useSend(!isMissing, async () => {
    const done = linkByHand !== undefined && (await run(() => linkByHand({ environment, ticket: ticket.number, key: draft.key.trim(), url: draft.url.trim() || undefined })));
    if (done) onClose();
    return done;
  });
  return (
    <Dialog title="Link by hand" aside={`T-${ticket.number}`} onClose={onClose} onKeyDown={send.onKeyDown} width={480} footer={<SendFooter hint="Nothing more is sent for its making" label="Link" sending={send.sending} onCancel={onClose} onSend={send.submit} />}>
      <Field label="Key over there" hint="as in SEC-42" required error={send.tried && isMissing ? "Name the key that it has over there." : null}>{(wires) => <Input {...wires} data-autofocus maxLength={200} value={draft.key} onChange={(event) => setDraft({ ...draft, key: event.target.value })} />}</Field>
      <Field label="Address" className="mt-3.5">{(wires) => <Input {...wires} type="url" maxLength={2000} value={draft.url} onChange={(event) => setDraft({ ...draft, url: event.target.value })} />}</Field>
    </Dialog>
  );
}

/** Asks before it is made again; where nothing looks for it, whoever goes on has looked. */
function AnewDialog({ doing, onClose }: { doing: TicketDoing; onClose: () => void }) {
  const { actions: { sendAnew }, environment, ticket, run } = doing;
  const isSought = isLookedFor(ticket.destination);
  return (
    <NoteDialog
      title="Make it anew" aside={`T-${ticket.number}`} label="Make it anew" noteLabel="Note" needsNote={false} onClose={onClose}
      hint={isSought ? "It is looked for first: no second one is made" : "Nothing looks for it there: look yourself first"} noteHint="why, for the log"
      send={(note) => (sendAnew ? run(() => sendAnew({ environment, ticket: ticket.number, note: note || undefined, insist: !isSought })) : Promise.resolve(false))}
    />
  );
}

/** The dialog that is open on the page of a ticket. */
export function TicketDialogs({ doing }: { doing: TicketDoing }) {
  const { opened, environment, ticket, now, actions, shut, refresh, run } = doing;
  if (!opened) return null;
  const { dialog, finding } = opened;
  const both = { environment, tickets: [ticket], now, actions, onClose: shut, onDone: () => { shut(); refresh(); } };
  if (dialog === "close") return <CloseTicketDialog {...both} />;
  if (dialog === "reopen") return <ReopenTicketDialog {...both} />;
  if (dialog === "edit") return <EditTicketDialog doing={doing} onClose={shut} />;
  if (dialog === "key") return <LinkDialog doing={doing} onClose={shut} />;
  if (dialog === "anew") return <AnewDialog doing={doing} onClose={shut} />;
  if (dialog === "dismiss") return <NoteDialog title="Keep it closed" aside={`T-${ticket.number}`} label="Keep it closed" hint="The proposal is answered" noteLabel="Reason" needsNote send={(note) => run(() => actions.dismissProposal({ environment, ticket: ticket.number, note }))} onClose={shut} />;
  if (dialog === "follow") return <FollowDialog doing={doing} onClose={shut} />;
  if (dialog === "add") return <AddDialog doing={doing} onClose={shut} />;
  if (dialog === "unlink") return <UnlinkDialog doing={doing} finding={finding} onClose={shut} />;
  if (dialog === "split") return <SplitDialog doing={doing} finding={finding} onClose={shut} />;
  if (dialog === "merge") return <MergeDialog doing={doing} onClose={shut} />;
  if (finding === null) return null;
  if (dialog === "retest") return <RetestDialog doing={doing} finding={finding} onClose={shut} />;
  if (dialog === "settle") return <SettleDialog doing={doing} finding={finding} onClose={shut} />;
  const { cancelRetest } = actions;
  return <NoteDialog title="Call the retest off" aside={`F-${finding}`} label="Call it off" hint="The fix stays as it is" noteLabel="Reason" needsNote send={(note) => (cancelRetest ? run(() => cancelRetest({ environment, finding, note })) : Promise.resolve(false))} onClose={shut} />;
}
