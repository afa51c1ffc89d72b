"use client";
import { useRouter } from "next/navigation";
import { useOptimistic, useState, useTransition } from "react";
import { useLive } from "@/components/shell/live";
import { ticketAddress } from "@/lib/domain/ticket/filter";
import type { TicketListActions } from "@/lib/domain/views/ticket-actions";
import type { TicketFilter, TicketRow, TicketsPage } from "@/lib/domain/views/tickets";

type More = { page: TicketsPage; rows: readonly TicketRow[]; nextCursor: string | null; state: "idle" | "loading" | "failed" };
const startOf = (page: TicketsPage): More => ({ page, rows: page.rows, nextCursor: page.nextCursor, state: "idle" });

/** The rows that are loaded, and the way to more of them. A page that is read anew begins them anew. */
export function useTicketRows(page: TicketsPage, load: TicketListActions["loadTickets"]) {
  const [more, setMore] = useState(() => startOf(page));
  if (more.page !== page) setMore(startOf(page));

  async function loadMore() {
    if (more.nextCursor === null || more.state === "loading") return;
    setMore({ ...more, state: "loading" });
    const answer = await load({ ...page.filter, environment: page.environment.number, cursor: more.nextCursor }).catch(() => null);
    setMore((now) => {
      if (now.page !== page) return now;
      if (!answer?.ok) return { ...now, state: "failed" };
      const known = new Set(now.rows.map(({ number }) => number));
      return { ...now, rows: [...now.rows, ...answer.value.rows.filter(({ number }) => !known.has(number))], nextCursor: answer.value.nextCursor, state: "idle" };
    });
  }
  return { rows: more.rows, isLong: more.rows.length > page.rows.length, hasMore: more.nextCursor !== null, state: more.state, loadMore: () => void loadMore() };
}

/** The filter in the address. A change paints at once; the rows follow when the server has them. */
export function useTicketFilter(current: TicketFilter) {
  const router = useRouter();
  const [isWaiting, start] = useTransition();
  const [filter, guess] = useOptimistic(current);
  function go(next: TicketFilter) {
    const fresh = { ...next, cursor: null };
    start(() => {
      guess(fresh);
      router.push(ticketAddress(fresh) || window.location.pathname, { scroll: false });
    });
  }
  return { filter, go, isWaiting: isWaiting && ticketAddress(filter) !== ticketAddress(current) };
}

/** Reads the list again when tickets change; one that was read far down is not pulled away: it waits for a press. */
export function useTicketNews(page: TicketsPage, isLong: boolean) {
  const router = useRouter();
  const [told, setTold] = useState<TicketsPage | null>(null);
  useLive("tickets", () => {
    if (isLong) setTold(page);
    else router.refresh();
  });
  return { hasNews: told === page, show: () => router.refresh() };
}
