"use server";

import { SIGNED_OUT } from "@/lib/actions/fresh-rows";
import * as accept from "@/lib/commands/tickets/accept-drift";
import * as close from "@/lib/commands/tickets/close";
import * as create from "@/lib/commands/tickets/create";
import * as dismiss from "@/lib/commands/tickets/dismiss-proposal";
import * as edit from "@/lib/commands/tickets/edit";
import * as link from "@/lib/commands/tickets/link";
import * as merge from "@/lib/commands/tickets/merge";
import * as push from "@/lib/commands/tickets/push-back";
import * as record from "@/lib/commands/tickets/record-drift";
import * as reopen from "@/lib/commands/tickets/reopen";
import * as split from "@/lib/commands/tickets/split";
import * as tick from "@/lib/commands/tickets/tick-check";
import * as unlink from "@/lib/commands/tickets/unlink";
import { currentActor } from "@/lib/doors/session";
import type { Result } from "@/lib/domain/refusal";
import type { TimelinePage } from "@/lib/domain/views/finding";
import type { DestinationChoice, LinkOffers, MergeOffer, TicketPage, TicketPreview, TicketsPage } from "@/lib/domain/views/tickets";
import * as destinations from "@/lib/queries/ticket-destinations";
import * as offers from "@/lib/queries/link-offers";
import * as mergeable from "@/lib/queries/merge-offers";
import * as page from "@/lib/queries/ticket-page";
import * as preview from "@/lib/queries/ticket-preview";
import * as timeline from "@/lib/queries/ticket-timeline";
import * as list from "@/lib/queries/tickets-page";

/** The screens' doors to tickets: who asks, then the command of the same name. */

export async function createTickets(raw: unknown): Promise<Result<create.TicketsMade>> {
  const actor = await currentActor();
  return actor ? create.createTickets(actor, raw) : SIGNED_OUT;
}

export async function previewTickets(raw: unknown): Promise<Result<TicketPreview>> {
  const actor = await currentActor();
  return actor ? preview.previewTickets(actor, raw) : SIGNED_OUT;
}

export async function closeTickets(raw: unknown): Promise<Result<close.TicketsOutcome>> {
  const actor = await currentActor();
  return actor ? close.closeTickets(actor, raw) : SIGNED_OUT;
}

export async function reopenTickets(raw: unknown): Promise<Result<close.TicketsOutcome>> {
  const actor = await currentActor();
  return actor ? reopen.reopenTickets(actor, raw) : SIGNED_OUT;
}

export async function editTicket(raw: unknown): Promise<Result<close.TicketsOutcome>> {
  const actor = await currentActor();
  return actor ? edit.editTicket(actor, raw) : SIGNED_OUT;
}

export async function linkFindings(raw: unknown): Promise<Result<close.TicketsOutcome>> {
  const actor = await currentActor();
  return actor ? link.linkFindings(actor, raw) : SIGNED_OUT;
}

export async function linkOffers(raw: unknown): Promise<Result<LinkOffers>> {
  const actor = await currentActor();
  return actor ? offers.linkOffers(actor, raw) : SIGNED_OUT;
}

export async function mergeOffers(raw: unknown): Promise<Result<readonly MergeOffer[]>> {
  const actor = await currentActor();
  return actor ? mergeable.mergeOffers(actor, raw) : SIGNED_OUT;
}

export async function unlinkFindings(raw: unknown): Promise<Result<close.TicketsOutcome>> {
  const actor = await currentActor();
  return actor ? unlink.unlinkFindings(actor, raw) : SIGNED_OUT;
}

export async function splitTicket(raw: unknown): Promise<Result<close.TicketsOutcome>> {
  const actor = await currentActor();
  return actor ? split.splitTicket(actor, raw) : SIGNED_OUT;
}

export async function mergeTickets(raw: unknown): Promise<Result<close.TicketsOutcome>> {
  const actor = await currentActor();
  return actor ? merge.mergeTickets(actor, raw) : SIGNED_OUT;
}

export async function tickCheck(raw: unknown): Promise<Result<close.TicketsOutcome>> {
  const actor = await currentActor();
  return actor ? tick.tickCheck(actor, raw) : SIGNED_OUT;
}

export async function dismissProposal(raw: unknown): Promise<Result<close.TicketsOutcome>> {
  const actor = await currentActor();
  return actor ? dismiss.dismissProposal(actor, raw) : SIGNED_OUT;
}

export async function acceptDrift(raw: unknown): Promise<Result<{ ticket: number }>> {
  const actor = await currentActor();
  return actor ? accept.acceptDrift(actor, raw) : SIGNED_OUT;
}

export async function pushBack(raw: unknown): Promise<Result<{ ticket: number }>> {
  const actor = await currentActor();
  return actor ? push.pushBack(actor, raw) : SIGNED_OUT;
}

export async function recordDrift(raw: unknown): Promise<Result<{ ticket: number }>> {
  const actor = await currentActor();
  return actor ? record.recordDrift(actor, raw) : SIGNED_OUT;
}

export async function loadTickets(raw: unknown): Promise<Result<TicketsPage>> {
  const actor = await currentActor();
  return actor ? list.loadTickets(actor, raw) : SIGNED_OUT;
}

export async function loadTicket(raw: unknown): Promise<Result<TicketPage>> {
  const actor = await currentActor();
  return actor ? page.loadTicket(actor, raw) : SIGNED_OUT;
}

export async function loadTicketTimeline(raw: unknown): Promise<Result<TimelinePage>> {
  const actor = await currentActor();
  return actor ? timeline.loadTicketTimeline(actor, raw) : SIGNED_OUT;
}

export async function loadDestinations(raw: unknown): Promise<Result<DestinationChoice[]>> {
  const actor = await currentActor();
  return actor ? destinations.ticketDestinations(actor, raw) : SIGNED_OUT;
}
