"use client";
import dynamic from "next/dynamic";
import { useState, type ReactNode } from "react";
import { toast } from "@/components/ui/toast";
import type { FindingRow, QueuePolicy } from "@/lib/domain/views/alerts";
import type { Me, PersonView } from "@/lib/domain/views/shell";
import { mayDo, needsNote, type Command, type DialogName } from "./commands";
import { assign, decide, type Door } from "./deeds";
import type { Deed } from "./use-queue";

/** Where a decision is taken: by whom, under which policy, through which doors. */
export type Desk = Door & { me: Me; people: readonly PersonView[]; policy: QueuePolicy; now: string };

/** What a dialog begins with where the screen knows it already. */
export type Given = { duplicateOf?: number };

export type DialogProps = {
  desk: Desk;
  rows: readonly FindingRow[];
  given?: Given;
  onClose: () => void;
  /** carries the deed out on the rows as they are now; true when something changed */
  onSubmit: (deed: (rows: readonly FindingRow[]) => Deed) => Promise<boolean>;
};

const CommandDialog = dynamic(() => import("./command-dialog").then((file) => file.CommandDialog), { ssr: false });

/** Runs commands: at once, or through their dialog. `latest` gives rows as the screen knows them now. */
export function useCommands(desk: Desk, carryOut: (deed: Deed) => Promise<boolean>, latest: (rows: readonly FindingRow[]) => readonly FindingRow[]) {
  const [open, setOpen] = useState<{ name: DialogName; rows: readonly FindingRow[]; given?: Given } | null>(null);

  function run(command: Command, rows: readonly FindingRow[], given?: Given) {
    if (rows.length === 0) return;
    if (!mayDo(desk.me.role, command)) {
      toast({ tone: "error", title: "Your role may read here, not decide", description: "Ask an administrator of this environment for the analyst role.", stays: 8_000 });
      return;
    }
    if (command === "investigate") void carryOut(decide(desk, rows, { response: "investigating" }, "Investigating"));
    else if (command === "assignMe") void carryOut(assign(desk, rows, desk.me));
    else if (command === "review" && !needsNote(command, rows)) void carryOut(decide(desk, rows, { response: "needs_review" }, "Back to Needs Review"));
    else setOpen({ name: command, rows, given });
  }

  async function submit(deed: (rows: readonly FindingRow[]) => Deed) {
    if (!open) return false;
    const changed = await carryOut(deed(latest(open.rows)));
    if (changed) setOpen(null);
    return changed;
  }

  const dialog: ReactNode = open ? <CommandDialog key={open.name} name={open.name} desk={desk} rows={open.rows} given={open.given} onClose={() => setOpen(null)} onSubmit={submit} /> : null;
  return { run, dialog, isBusy: open !== null };
}
