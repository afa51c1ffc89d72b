"use client";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { useLive } from "@/components/shell/live";
import { can } from "@/lib/domain/access/can";
import type { Result } from "@/lib/domain/refusal";
import type { TicketPageActions } from "@/lib/domain/views/ticket-actions";
import type { TicketPage } from "@/lib/domain/views/tickets";
import { wentThrough } from "./ticket-news";

/** The dialogs of a ticket's page; the last three are about one finding of it, parting and splitting may begin with one. "key" is the link to a tracker by hand, "anew" has it made there again. */
export type TicketDialogName = "close" | "reopen" | "edit" | "dismiss" | "key" | "anew" | "follow" | "add" | "merge" | "unlink" | "split" | "retest" | "settle" | "cancel";

/** State and deeds of the page of one ticket. What was done is read again, also when others did it. */
export function useTicket(page: TicketPage, actions: TicketPageActions) {
  const router = useRouter();
  const [isBusy, start] = useTransition();
  const [opened, setOpened] = useState<{ dialog: TicketDialogName; finding: number | null } | null>(null);
  const { me } = page;
  const [ticks, setTicks] = useState({ page, count: 0 });
  const ticket = { ...page.ticket, version: page.ticket.version + (ticks.page === page ? ticks.count : 0) }; // each tick of one's own is a version that the page has not read yet
  const environment = page.environment.number;

  useLive("tickets", (changed) => { if (changed === "many" || changed.includes(ticket.number)) router.refresh(); });
  useLive("findings", (changed) => { if (changed !== "many" && ticket.linked.some(({ number }) => changed.includes(number))) router.refresh(); });

  /** Does it, says why where it was refused, and reads the page again. True when it was done. */
  function run(call: () => Promise<Result<unknown>>): Promise<boolean> {
    return new Promise((resolve) => {
      start(async () => {
        const done = wentThrough(await call().catch(() => null));
        start(() => router.refresh());
        resolve(done);
      });
    });
  }
  async function tick(position: number, ticked: boolean) {
    const done = await run(() => actions.tickCheck({ environment, ticket: ticket.number, position, ticked }));
    if (done) setTicks((before) => ({ page, count: (before.page === page ? before.count : 0) + 1 }));
  }
  return {
    tick, environment, ticket, me, now: page.now, people: page.people, maxAttempts: page.maxAttempts, actions, isBusy, opened, run,
    mayWrite: can(me.role, "ticket.write"), mayRetest: can(me.role, "retest.request"), maySteer: can(me.role, "delivery.steer"),
    open: (dialog: TicketDialogName, finding: number | null = null) => setOpened({ dialog, finding }), shut: () => setOpened(null), refresh: () => router.refresh(),
  };
}

export type TicketDoing = ReturnType<typeof useTicket>;
