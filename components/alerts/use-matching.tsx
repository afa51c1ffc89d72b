"use client";
import { useState } from "react";
import { can } from "@/lib/domain/access/can";
import type { AlertsPage, FindingRow, QueueFilter } from "@/lib/domain/views/alerts";
import type { BulkChoice } from "@/lib/domain/views/bulk";
import { queueAddress } from "@/lib/domain/views/queue-address";
import { lateDialog } from "@/components/shell/late-dialog";
import { toast } from "@/components/ui/toast";
import type { Command } from "./commands";
import { findings } from "./outcome-toast";
import { wayOf, type Asked } from "./way-of-many";

const BulkDialog = lateDialog(() => import("@/components/bulk/bulk-dialog").then((file) => file.BulkDialog));

/** The filter as its address holds it: what the server freezes is what the address shows. */
function parametersOf(filter: QueueFilter): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(queueAddress(filter)));
}

/**
 * All that match the filter, chosen without being loaded, and the dialog for one action of several parts.
 * `isOn` goes with the filter that it was chosen under. More than go at once, ticked one by one, go through the same dialog.
 */
export function useMatching(page: AlertsPage, filter: QueueFilter, total: number | null, selected: readonly FindingRow[], onStarted: () => void) {
  const here = queueAddress(filter);
  const [chosen, setChosen] = useState<string | null>(null);
  if (chosen !== null && chosen !== here) setChosen(null); // whoever comes back to a filter finds nothing chosen that they do not see being chosen
  const [open, setOpen] = useState<{ choice: BulkChoice; subject: string; command: Command | null } | null>(null);
  const may = can(page.me.role, "finding.bulk_filter");
  const isOn = may && chosen === here;

  /** Opens the dialog on what is chosen, beginning with a command. False: so few are chosen, and one by one, that the command does it at once. */
  function run(asked: Asked | null): boolean {
    const way = wayOf(asked, isOn, selected.length);
    const command = asked === "repeat" ? null : asked;
    if (way.by === "word") toast({ tone: "plain", ...way.word, stays: 8_000 });
    if (way.by === "filter") setOpen({ choice: { filter: parametersOf(filter) }, subject: total === null ? "all matching" : `${findings(total)} matching`, command });
    if (way.by === "list") setOpen({ choice: { items: selected.map(({ number, version }) => ({ number, version })) }, subject: findings(selected.length), command });
    return way.by !== "once";
  }
  const clear = () => setChosen(null);
  /** One was taken out of the whole set: it is no set that a filter names any more. */
  const leave = () => {
    clear();
    toast({ tone: "plain", title: "Only the loaded rows are selected now", description: "All that match are selected together or not at all; narrow the filter to leave some out.", stays: 8_000 });
  };
  const dialog = open ? <BulkDialog page={page} {...open} onClose={() => setOpen(null)} onStarted={() => { clear(); onStarted(); }} /> : null;
  return { may, isOn, choose: () => setChosen(here), clear, leave, run, dialog };
}

export type Matching = ReturnType<typeof useMatching>;
