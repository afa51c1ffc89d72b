"use client";
import dynamic from "next/dynamic";
import { useState } from "react";
import { can } from "@/lib/domain/access/can";
import type { AlertsPage, FindingRow, QueueFilter } from "@/lib/domain/views/alerts";
import type { BulkChoice } from "@/lib/domain/views/bulk";
import { queueAddress } from "@/lib/domain/views/queue-address";
import { toast } from "@/components/ui/toast";
import type { Command } from "./commands";
import { findings } from "./outcome-toast";

const BulkDialog = dynamic(() => import("@/components/bulk/bulk-dialog").then((file) => file.BulkDialog), { ssr: false });

/** The filter as its address holds it: what the server freezes is what the address shows. */
function parametersOf(filter: QueueFilter): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(queueAddress(filter)));
}

/**
 * All that match the filter, chosen without being loaded, and the dialog for one action of several parts.
 * `isOn` goes with the filter that it was chosen under.
 */
export function useMatching(page: AlertsPage, filter: QueueFilter, total: number | null, selected: readonly FindingRow[], onStarted: () => void) {
  const here = queueAddress(filter);
  const [chosen, setChosen] = useState<string | null>(null);
  const [open, setOpen] = useState<{ choice: BulkChoice; subject: string; command: Command | null } | null>(null);
  const may = can(page.me.role, "finding.bulk_filter");
  const isOn = may && chosen === here;

  /** Opens the dialog on what is chosen, beginning with a command. False: nothing is chosen that the dialog is for. */
  function run(command: Command | null): boolean {
    if (command === "why") return false;
    if (isOn && (command === "approve" || command === "refuse")) {
      toast({ tone: "plain", title: "What is asked for is answered on chosen findings", description: "Select those that are loaded, up to 1,000 at once.", stays: 8_000 });
      return true;
    }
    if (isOn && command === "ticket") {
      toast({ tone: "plain", title: "Tickets are made of chosen findings", description: "Select those that are loaded, up to 1,000 at once.", stays: 8_000 });
      return true;
    }
    if (isOn && (command === "bookmark" || command === "share")) {
      toast({ tone: "plain", title: "Stars and sharing are for chosen findings", description: "To show somebody all that match, save this as a shared view and send its address.", stays: 8_000 });
      return true;
    }
    if (isOn) setOpen({ choice: { filter: parametersOf(filter) }, subject: total === null ? "all matching" : `${findings(total)} matching`, command });
    else if (command === null && selected.length > 0) setOpen({ choice: { items: selected.map(({ number, version }) => ({ number, version })) }, subject: findings(selected.length), command });
    return isOn || command === null;
  }
  const clear = () => setChosen(null);
  /** One was taken out of the whole set: it is no set that a filter names any more. */
  const leave = () => {
    clear();
    toast({ tone: "plain", title: "Only the loaded rows are selected now", description: "All that match can be selected together alone; narrow the filter to leave some out.", stays: 8_000 });
  };
  const dialog = open ? <BulkDialog page={page} {...open} onClose={() => setOpen(null)} onStarted={() => { clear(); onStarted(); }} /> : null;
  return { may, isOn, choose: () => setChosen(here), clear, leave, run, dialog };
}

export type Matching = ReturnType<typeof useMatching>;
