"use client";
import { answer } from "./deeds";
import { NoteDialog } from "./note-dialog";
import type { DialogProps } from "./use-commands";

/** Refuses what somebody asked to accept: with a note, so that they know what is missing. */
export function RefuseDialog(props: DialogProps) {
  return (
    <NoteDialog
      {...props} title="Refuse the acceptance" ask="Say why, so that whoever asked knows what is missing." label="Refuse" deed={(fresh, note) => answer(props.desk, fresh, note)}
      skips={props.rows.filter((row) => row.requested === null).map((row) => ({ row, why: "nobody asks for an acceptance" }))}
    >
      The findings stay as they are, with their clocks.
    </NoteDialog>
  );
}
