import type { Metadata } from "next";
import { ForbiddenScreen } from "@/components/shell/trouble";
import { TicketScreen } from "@/components/tickets/ticket-screen";
import { cancelDelivery, linkByHand, retryDelivery, sendAnew } from "@/lib/actions/connectors";
import { cancelRetest, moveRemediation, requestRetests, settleRetest } from "@/lib/actions/retests";
import { acceptDrift, closeTickets, dismissProposal, editTicket, linkFindings, linkOffers, loadTicket as readTicket, loadTicketTimeline, mergeOffers, mergeTickets, pushBack, recordDrift, reopenTickets, splitTicket, tickCheck, unlinkFindings } from "@/lib/actions/tickets";
import { numberIn, unlessForbidden, visitor } from "@/lib/doors/visit";
import { loadTicket } from "@/lib/queries/ticket-page";

type Props = { params: Promise<{ env: string; number: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `T-${numberIn((await params).number)}` };
}

export default async function Ticket({ params }: Props) {
  const actor = await visitor();
  const { env, number } = await params;
  const environment = numberIn(env);
  const page = await loadTicket(actor, { environment, number: numberIn(number) });
  if (page.ok) return <TicketScreen page={page.value} actions={{ editTicket, closeTickets, reopenTickets, tickCheck, dismissProposal, loadTicketTimeline, requestRetests, settleRetest, cancelRetest, moveRemediation, retryDelivery, cancelDelivery, linkByHand, sendAnew, acceptDrift, pushBack, recordDrift, linkOffers, linkFindings, unlinkFindings, splitTicket, mergeTickets, mergeOffers, loadTicket: readTicket }} />;
  unlessForbidden(page.refusal);
  return <ForbiddenScreen what="read tickets" who="Every role of this environment reads them." home={`/e/${environment}/alerts`} />;
}
