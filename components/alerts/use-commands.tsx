"use client";
import { useEffect, useState, type ReactNode } from "react";
import { holdKeys, thisMoment, untouchedSince } from "@/components/shell/command-registry";
import { useAhead } from "@/components/ui/ahead";
import { DialogNotice } from "@/components/ui/dialog-notice";
import { HiddenDialog } from "@/components/ui/hidden-dialog";
import { toast } from "@/components/ui/toast";
import type { FindingRow, QueuePolicy } from "@/lib/domain/views/alerts";
import type { Me, PersonView } from "@/lib/domain/views/shell";
import { mayDo, needsNote, type Command, type DialogName } from "./commands";
import { answer, assign, decide, type Door } from "./deeds";
import { useMarks } from "./marks";
import { MovedNotice } from "./moved-notice";
import { useWhy } from "./use-why";
import { subjectOf } from "./subject";
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
  /** carries the deed out on the rows as they stand in the dialog; true when something changed */
  onSubmit: (deed: (rows: readonly FindingRow[]) => Deed) => Promise<boolean>;
};

const dialogFile = () => import("./command-dialog").then((file) => file.CommandDialog);

type Kept = { id: number; name: DialogName; rows: readonly FindingRow[]; given?: Given; isHidden: boolean };

/** More than these are not kept for a refusal that may yet come. */
const MOST_KEPT = 20;

/** The open dialog, and those that were sent and have no answer yet. */
function useKeptDialogs() {
  const [dialogs, set] = useState<readonly Kept[]>([]);
  const mark = (id: number, isHidden: boolean) => set((before) => before.map((one) => (one.id === id ? { ...one, isHidden } : isHidden ? one : { ...one, isHidden: true })));
  return {
    dialogs,
    open: (one: Omit<Kept, "id" | "isHidden">) => set((before) => [...before, { ...one, id: (before.at(-1)?.id ?? 0) + 1, isHidden: false }].slice(-MOST_KEPT)),
    hide: (id: number) => mark(id, true),
    show: (id: number) => mark(id, false),
    take: (id: number, rows: readonly FindingRow[]) => set((before) => before.map((one) => (one.id === id ? { ...one, rows } : one))),
    /** nothing was filled in: they were never drawn */
    drop: () => set([]),
    close: (id: number) => set((before) => before.filter((one) => one.id !== id)),
  };
}

/**
 * Runs commands: at once, or through their dialog. `latest` gives rows as the screen knows them now. What a dialog sends is about the rows that
 * it was opened on, whatever the screen has heard since: who writes a note for a minute decides on what they saw.
 */
export function useCommands(desk: Desk, carryOut: (deed: Deed) => Promise<boolean>, latest: (rows: readonly FindingRow[]) => readonly FindingRow[]) {
  const kept = useKeptDialogs();
  const isOpen = kept.dialogs.some(({ isHidden }) => !isHidden);
  const CommandDialog = useAhead(dialogFile, isOpen, kept.drop);
  const isAwaited = isOpen && CommandDialog === null;
  useEffect(() => (isAwaited ? holdKeys() : undefined), [isAwaited]);
  const marks = useMarks();
  const why = useWhy(desk.environment, desk.now, desk.actions.loadWhy);

  function run(command: Command, rows: readonly FindingRow[], given?: Given) {
    if (rows.length === 0) return;
    if (command === "bookmark") return marks.star(rows);
    if (command === "share") return marks.share(rows);
    if (command === "why") return why.ask(rows[0]);
    if (!mayDo(desk.me.role, command)) {
      toast({ tone: "error", title: "Your role may read here, not decide", description: "Ask an administrator of this environment for the analyst role.", stays: 8_000 });
      return;
    }
    if (command === "investigate") void carryOut(decide(desk, rows, { response: "investigating" }, "Investigating"));
    else if (command === "approve") void carryOut(answer(desk, rows, null));
    else if (command === "assignMe") void carryOut(assign(desk, rows, desk.me));
    else if (command === "review" && !needsNote(command, rows)) void carryOut(decide(desk, rows, { response: "needs_review" }, "Back to Needs Review"));
    else kept.open({ name: command, rows, given });
  }

  /** The dialog goes at once, whatever the server says; refused, it comes back as it was filled in, or is offered when somebody is busy elsewhere. */
  async function submit(one: Kept, deed: (rows: readonly FindingRow[]) => Deed) {
    const since = thisMoment();
    const work = carryOut(deed(one.rows));
    kept.hide(one.id);
    const changed = await work;
    if (changed) kept.close(one.id);
    else if (untouchedSince(since)) kept.show(one.id);
    else toast({ tone: "plain", title: `What you filled in for ${subjectOf(one.rows)} is kept`, stays: 15_000, action: { label: "Open again", onClick: () => kept.show(one.id) } });
    return changed;
  }

  const dialog: ReactNode = CommandDialog && kept.dialogs.map((one) => {
    const now = one.isHidden ? one.rows : latest(one.rows);
    return (
      <HiddenDialog key={one.id} value={one.isHidden}>
        <DialogNotice value={<MovedNotice environment={desk.environment} seen={one.rows} now={now} onTake={() => kept.take(one.id, now)} />}>
          <CommandDialog name={one.name} desk={desk} rows={one.rows} given={one.given} onClose={() => kept.close(one.id)} onSubmit={(deed) => submit(one, deed)} />
        </DialogNotice>
      </HiddenDialog>
    );
  });
  return { run, dialog: <>{dialog}{why.panel}</>, isBusy: isOpen };
}
