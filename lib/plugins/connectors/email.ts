import type { ConnectorSettings } from "@/lib/domain/connector/kinds";
import { storable } from "@/lib/domain/storable";
import { render } from "@/lib/domain/ticket/template";
import { escapeHtml } from "@/lib/domain/ticket/writers/html";
import type { Letter, Outgoing, TrackerRequest } from "./contract";

type Settings = ConnectorSettings["email"];

const subjectOf = ({ payload }: Outgoing, what: string): string => storable(`[${payload.ticket}] ${what}${payload.title}`.replace(/[\s\p{C}]+/gu, " "), 250);

/** The letter that a ticket is; its assignee and its cc get it too. */
export function letterOfTicket(settings: Settings, ticket: Outgoing): Letter {
  return { ...recipients(settings, ticket), subject: subjectOf(ticket, ""), text: render(ticket.payload, "text"), html: render(ticket.payload, "html") };
}

/** What is told of it later: that it changed, ended, or was opened again. */
export function remarkLetter(settings: Settings, ticket: Outgoing, text: string): Letter {
  const { permalink, ticket: number } = ticket.payload;
  return { ...recipients(settings, ticket), subject: subjectOf(ticket, "Re: "), text: `${text}\n\n${permalink}\n`, html: `<p>${escapeHtml(text).replaceAll("\n", "<br>")}</p><p><a href="${escapeHtml(permalink)}">${escapeHtml(number)}</a></p>` };
}

function recipients(settings: Settings, { payload, assignee }: Outgoing): Pick<Letter, "to" | "cc"> {
  const isAddress = (text: string | null | undefined): text is string => typeof text === "string" && /^[^\s@<>,;]+@[^\s@<>,;]+$/.test(text);
  const cc = [...settings.cc, ...[assignee?.email, payload.assignee, ...payload.cc].filter(isAddress)];
  return { to: settings.to, cc: [...new Set(cc)].filter((one) => !settings.to.includes(one)).slice(0, 30) };
}

/** The letter as a request, for whoever looks at it before it goes. */
export function letterRequest({ to, cc, subject, text }: Letter): TrackerRequest {
  return { method: "POST", address: `mailto:${to.join(",")}`, headers: { Subject: subject, ...(cc.length > 0 ? { Cc: cc.join(", ") } : {}) }, body: text };
}
