import { ForbiddenScreen } from "@/components/shell/trouble";
import { TicketsScreen } from "@/components/tickets/tickets-screen";
import { closeTickets, loadTickets as loadMore, reopenTickets } from "@/lib/actions/tickets";
import { numberIn, unlessForbidden, visitor } from "@/lib/doors/visit";
import { readTicketFilter } from "@/lib/domain/ticket/filter";
import { loadTickets } from "@/lib/queries/tickets-page";

export const metadata = { title: "Tickets" };

type Props = { params: Promise<{ env: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function Tickets({ params, searchParams }: Props) {
  const actor = await visitor();
  const environment = numberIn((await params).env);
  const page = await loadTickets(actor, { environment, ...readTicketFilter(await searchParams), cursor: null });
  if (page.ok) return <TicketsScreen page={page.value} actions={{ closeTickets, reopenTickets, loadTickets: loadMore }} />;
  unlessForbidden(page.refusal);
  return <ForbiddenScreen what="read tickets" who="Every role of this environment reads them." home={`/e/${environment}/alerts`} />;
}
