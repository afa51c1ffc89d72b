import { SEVERITY_LABELS } from "@/lib/domain/finding/words";
import { storable } from "@/lib/domain/storable";
import type { TicketPayload } from "./payload";
import { PRIORITY_LABELS } from "./words";

/** A value of a table: hostile text, or an address of our own or of a reference. */
export type Value = { text: string; href?: string };
/** The parts of a ticket's text, before any format: each writer escapes what stands in them. */
export type Block =
  | { kind: "heading"; text: string }
  | { kind: "text"; text: string }
  | { kind: "facts"; rows: readonly { label: string; values: readonly Value[] }[] }
  | { kind: "list"; items: readonly Value[] }
  | { kind: "checks"; items: readonly string[] };

/** How many lines of a list go out, and how many characters of a line and of a text; Docket has the rest. */
export type Room = { lines: number; line: number; text: number };
/** What goes out where there is room for it, and less and less where there is not. */
export const ROOMS: readonly [Room, ...Room[]] = [
  { lines: 25, line: 1_000, text: 4_000 }, { lines: 10, line: 1_000, text: 4_000 }, { lines: 5, line: 300, text: 2_000 }, { lines: 3, line: 150, text: 800 }, { lines: 2, line: 80, text: 400 },
];

/** Only what a browser may open becomes a link, in the characters that an address is written in: no script, no file, no other program. */
export function linkOf(text: string): Value {
  return /^https?:\/\/[!#-&(-;=?-[\]-_a-~]{1,1000}$/i.test(text) && URL.canParse(text) ? { text, href: text } : { text };
}

/** Control characters and those that turn the direction of what follows them; line feeds stay. */
export function cleanText(text: string): string {
  return text.replace(/\r\n?/g, "\n").replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, "").replaceAll("\t", "  ").trim();
}

const VECTORS = { N: "Network", A: "Adjacent network", L: "Local", P: "Physical" } as const;

function attackVector(vector: string | null | undefined): string | null {
  const letter = /(?:^|\/)AV:([NALP])(?:\/|$)/.exec(vector ?? "")?.[1];
  return letter === "N" || letter === "A" || letter === "L" || letter === "P" ? VECTORS[letter] : null;
}

/** What a query names behind the question mark: where a weakness of an endpoint sits. */
function parametersOf(locations: readonly string[]): string[] {
  return [...new Set(locations.flatMap((location) => [...(/\?([^#\s]*)/.exec(location)?.[1] ?? "").matchAll(/(?:^|&)([^=&]{1,100})/g)].map(([, name = ""]) => name)))];
}

function shortened(values: readonly Value[], permalink: string, { lines, line }: Room): Value[] {
  const cut = values.slice(0, lines).map((value) => ({ ...value, text: cutText(value.text, line) }));
  return values.length <= lines ? cut : [...cut, { text: `and ${values.length - lines} more`, href: permalink }];
}

const cutText = (text: string, most: number): string => (text.length <= most ? text : `${storable(text, most)} …`);

function technical(payload: TicketPayload, room: Room): Block {
  const { permalink } = payload;
  const texts = (values: readonly string[]) => shortened(values.map((text) => ({ text })), permalink, room);
  const cvss = payload.cvss;
  const rows = [
    { label: "Affected assets", values: texts(payload.assets) },
    { label: "Endpoint", values: texts(payload.locations) },
    { label: "Parameter", values: texts(parametersOf(payload.locations)) },
    { label: "Attack vector", values: texts([attackVector(cvss?.vector)].filter((each) => each !== null)) },
    { label: "CVSS", values: texts(cvss ? [[cvss.score?.toFixed(1), cvss.vector, cvss.version === "" ? null : `version ${cvss.version}`].filter(Boolean).join(" ")] : []) },
    { label: "CVE", values: texts(payload.cve) },
    { label: "CWE", values: texts(payload.cwe.map((cwe) => `CWE-${cwe}`)) },
    { label: "Category", values: texts(payload.category === null ? [] : [payload.category]) },
    { label: "Known to be exploited", values: texts(payload.kev ? ["yes"] : []) },
    { label: "Findings", values: shortened(payload.findings.map((each) => ({ text: `F-${each.number}`, href: each.permalink })), permalink, room) },
    { label: "Proofs", values: shortened(payload.evidence.map((href) => ({ text: href, href })), permalink, room) },
  ];
  return { kind: "facts", rows: rows.filter(({ values }) => values.length > 0) };
}

function standing(payload: TicketPayload): Block {
  const rows = [
    { label: "Severity", values: [{ text: `${SEVERITY_LABELS[payload.severity]} (set in Docket and locked there)` }] },
    { label: "Priority", values: [{ text: PRIORITY_LABELS[payload.priority] }] },
    { label: "Assigned to", values: [payload.assignee, payload.team].flatMap((text) => (text ? [{ text }] : [])) },
    { label: "Acknowledge by", values: payload.acknowledgeBy ? [{ text: payload.acknowledgeBy }] : [] },
    { label: "Resolve by", values: payload.resolveBy ? [{ text: payload.resolveBy }] : [] },
    { label: "In Docket", values: [{ text: payload.ticket, href: payload.permalink }] },
  ];
  return { kind: "facts", rows: rows.filter(({ values }) => values.length > 0) };
}

/** The sections of a ticket, each with what is known: Title, Description, Technical Details, Impact, Remediation Steps, References, Verification. */
export function sectionsOf(payload: TicketPayload, room: Room = ROOMS[0]): Block[] {
  const { permalink } = payload;
  const none: Block = { kind: "text", text: "Nothing is known yet." };
  const list = (values: readonly Value[]): Block => (values.length > 0 ? { kind: "list", items: shortened(values, permalink, room) } : none);
  const text = (given: string): Block => ({ kind: "text", text: cutText(given, room.text) });
  const isCut = room !== ROOMS[0];
  return [
    { kind: "heading", text: "Title" }, { kind: "text", text: payload.title }, standing(payload),
    { kind: "heading", text: "Description" }, payload.description === "" ? none : text(payload.description),
    { kind: "heading", text: "Technical Details" }, technical(payload, room),
    { kind: "heading", text: "Impact" }, payload.impact === null ? none : text(payload.impact),
    { kind: "heading", text: "Remediation Steps" }, list(payload.actions.map((text) => ({ text }))),
    { kind: "heading", text: "References" }, list(payload.references.map(linkOf)),
    { kind: "heading", text: "Verification" }, { kind: "checks", items: payload.checklist.slice(0, isCut ? room.lines * 3 : undefined).map((item) => cutText(item, room.line)) },
    ...(isCut ? [{ kind: "facts" as const, rows: [{ label: "Left out", values: [{ text: `What did not fit here: at most ${room.lines} lines of a list and ${room.text} characters of a text are given. All of it stands in Docket.`, href: permalink }] }] }] : []),
  ];
}
