"use client";
import { decide } from "./deeds";
import { NoteDialog } from "./note-dialog";
import type { DialogProps } from "./use-commands";

const TITLE = "Back to Needs Review";

/** Back to Needs Review over a resolution: the log keeps why the closure does not hold. */
export function ReviewDialog(props: DialogProps) {
  return (
    <NoteDialog
      {...props} title={TITLE} ask="Say why the resolution does not hold." label="Move back" deed={(fresh, note) => decide(props.desk, fresh, { response: "needs_review", note }, TITLE)}
      skips={props.rows.filter((row) => row.response === "needs_review").map((row) => ({ row, why: "already needs review" }))}
    >
      The earlier disposition, its author and its reason stay in the timeline.
    </NoteDialog>
  );
}
