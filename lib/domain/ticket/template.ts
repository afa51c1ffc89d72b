import type { TicketPayload } from "./payload";
import { ROOMS, sectionsOf } from "./sections";
import { asDocument, type JiraDocument } from "./writers/document";
import { asHtml } from "./writers/html";
import { asMarkdown } from "./writers/markdown";
import { asText } from "./writers/text";
import { asWiki } from "./writers/wiki";

/** The formats that destinations read. */
export const WRITES = ["document", "wiki", "text", "markdown", "html"] as const;
export type Writes = (typeof WRITES)[number];

const WRITERS = { document: asDocument, wiki: asWiki, text: asText, markdown: asMarkdown, html: asHtml } as const;

/**
 * The text of a ticket as its destination reads it: Jira's document format, Jira's wiki text, plain text, Markdown or HTML. Whatever came from a
 * scanner stands in it as text: it makes no heading, link, picture, mention or script there.
 */
export function render(payload: TicketPayload, writes: "document"): JiraDocument;
export function render(payload: TicketPayload, writes: Exclude<Writes, "document">): string;
export function render(payload: TicketPayload, writes: Writes): string | JiraDocument;
export function render(payload: TicketPayload, writes: Writes): string | JiraDocument {
  return WRITERS[writes](sectionsOf(payload));
}

/** The same in at most so many characters, of a document those of its JSON: fewer lines, and shorter ones, until it fits; it says then that something was left out. */
export function renderWithin(payload: TicketPayload, writes: "document", most: number): JiraDocument;
export function renderWithin(payload: TicketPayload, writes: Exclude<Writes, "document">, most: number): string;
export function renderWithin(payload: TicketPayload, writes: Writes, most: number): string | JiraDocument {
  let made = render(payload, writes);
  for (const room of ROOMS.slice(1)) {
    if ((typeof made === "string" ? made : JSON.stringify(made)).length <= most) return made;
    made = WRITERS[writes](sectionsOf(payload, room));
  }
  return made;
}
