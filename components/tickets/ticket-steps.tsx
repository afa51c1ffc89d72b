"use client";
import { Ellipsis } from "lucide-react";
import type { Handlers } from "@/components/shell/command-registry";
import { KeyCaps, useKeyHints } from "@/components/shell/keyboard";
import type { CommandId } from "@/components/shell/keys";
import { Button, buttonClass } from "@/components/ui/button";
import { Menu } from "@/components/ui/menu";
import { awaitsVendor } from "@/lib/domain/ticket/lifecycle";
import type { TicketDialogName, TicketDoing } from "./use-ticket";

type Step = { command: CommandId; dialog: TicketDialogName; label: string; offered: (doing: TicketDoing) => boolean };

/** What is done with an open ticket beside closing it; parting and splitting need two findings. */
const MORE: readonly Step[] = [
  { command: "ticket.link", dialog: "add", label: "Add findings…", offered: () => true },
  { command: "ticket.unlink", dialog: "unlink", label: "Take findings off…", offered: ({ ticket }) => ticket.linked.length > 1 },
  { command: "ticket.split", dialog: "split", label: "Split…", offered: ({ ticket }) => ticket.linked.length > 1 },
  { command: "ticket.merge", dialog: "merge", label: "Merge with another…", offered: () => true },
];

/** What this person may do with the ticket as it stands, by key and from the palette. */
export function keysOfTicket(doing: TicketDoing): Handlers {
  const { ticket, mayWrite, open } = doing;
  if (!mayWrite || ticket.mergedInto !== null) return {};
  if (ticket.state === "closed") return { "ticket.reopen": () => open("reopen"), ...(awaitsVendor(ticket) ? { "ticket.followUp": () => open("follow") } : {}) };
  return { "ticket.close": () => open("close"), "ticket.edit": () => open("edit"), ...Object.fromEntries(MORE.filter(({ offered }) => offered(doing)).map(({ command, dialog }) => [command, () => open(dialog)])) };
}

/** The steps that are legal now; without the right to take one, a line says why there is none. */
export function TicketSteps({ doing }: { doing: TicketDoing }) {
  const hintOf = useKeyHints();
  const { ticket, mayWrite, open } = doing;
  if (!mayWrite) return <p className="text-xs text-ink-3">Your role reads here. Analysts and managers close and reopen.</p>;
  if (ticket.mergedInto !== null) return null;
  if (ticket.state === "closed") return <Button look="primary" aria-keyshortcuts={hintOf("ticket.reopen")?.aria} onClick={() => open("reopen")}>Reopen… <KeyCaps of="ticket.reopen" inverse /></Button>;
  const items = MORE.filter(({ offered }) => offered(doing)).map(({ command, dialog, label }) => ({ key: dialog, label, shortcut: hintOf(command)?.text, onSelect: () => open(dialog) }));
  return (
    <span className="flex gap-[7px]">
      <Menu label="More to do with the ticket" align="end" width={240} items={items} trigger={(wires) => <button {...wires} type="button" aria-label="More" title="More" className={buttonClass("plain", "sm", "px-2!")}><Ellipsis size={14} aria-hidden /></button>} />
      <Button aria-keyshortcuts={hintOf("ticket.edit")?.aria} onClick={() => open("edit")}>Edit…</Button>
      <Button look="primary" aria-keyshortcuts={hintOf("ticket.close")?.aria} onClick={() => open("close")}>Close… <KeyCaps of="ticket.close" inverse /></Button>
    </span>
  );
}
