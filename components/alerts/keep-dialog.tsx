"use client";
import { Dialog } from "@/components/ui/dialog";
import { keep } from "./deeds";
import { HelpLink } from "./dialog-parts";
import { NoteDialog } from "./note-dialog";
import { subjectOf } from "./subject";
import type { DialogProps } from "./use-commands";

/** Looked at again, and the decision stands: the flag goes, and the log keeps why. */
export function KeepDialog(props: DialogProps) {
  const { desk, rows, onClose } = props;
  const flagged = rows.filter(({ reReview }) => reReview !== null);
  const help = <HelpLink environment={desk.environment} topic="look-again">What is a re-review?</HelpLink>;
  const why = [...new Set(flagged.map(({ reReview }) => reReview))];

  if (flagged.length === 0) {
    return <Dialog title="Keep the decision" aside={subjectOf(rows)} onClose={onClose} width={520}><p className="text-ink-2">{rows.length === 1 ? "It is" : "None of these is"} not flagged for re-review: there is nothing to answer, and what was decided stands. {help}</p></Dialog>;
  }
  return (
    <NoteDialog
      {...props} title="Keep the decision" ask="Say why the decision still holds." label={flagged.length === 1 ? "Keep" : `Keep ${flagged.length.toLocaleString("en")}`} deed={(fresh, note) => keep(desk, fresh, note)}
      skips={rows.filter(({ reReview }) => reReview === null).map((row) => ({ row, why: "is not flagged for re-review" }))}
      above={
        <ul className="mb-3 max-h-28 space-y-0.5 overflow-y-auto break-words text-ink-2">
          {why.slice(0, 5).map((each) => <li key={each}><b className="font-medium text-ink">Look again:</b> {each}</li>)}
          {why.length > 5 ? <li>and {(why.length - 5).toLocaleString("en")} other reasons</li> : null}
        </ul>
      }
    >
      <b className="font-medium text-ink">{flagged.length.toLocaleString("en")} {flagged.length === 1 ? "decision stands" : "decisions stand"} as {flagged.length === 1 ? "it is" : "they are"}, and the flag goes.</b> {help}
    </NoteDialog>
  );
}
