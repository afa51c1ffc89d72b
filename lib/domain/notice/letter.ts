import { storable } from "@/lib/domain/storable";
import { DEED_WORDS, DEEDS_APART } from "./deeds";
import { NOTICE_EVENTS, type NoticeEvent } from "./events";

/** What a message tells of, up to five of them. `deed` is the entry of the log, `to` and `reason` what it says. */
export type ToldItem = { type: "finding" | "ticket"; number: number; title: string; deed: string; to: string | null; reason: string | null };

/** All that one act has for one person under one event. `by` null: the system. `scan`: the scan that brought it. */
export type Told = { event: NoticeEvent; count: number; items: readonly ToldItem[]; by: string | null; scan: number | null };

export type Letter = { title: string; body: string; why: string; lines: readonly { text: string; path: string }[] };

const MANY = {
  new_ticket: (n) => `${n} new tickets`,
  assignment: (n) => `${n} were assigned to you`,
  shared: (n) => `${n} were shared with you`,
  status_changed: (n) => `${n} of yours changed`,
  verification_failed: (n) => `${n} fixes did not hold`,
  critical_finding: (n) => `${n} new critical findings`,
  re_find: (n) => `${n} of yours were seen again`,
  acceptance_expiring: (n) => `${n} acceptances run out soon`,
  escalation: (n) => `${n} fixes failed again and again`,
} as const satisfies Record<NoticeEvent, (n: string) => string>;

const WHY = {
  new_ticket: "the ticket is assigned to you or names you, or you are on the list for new tickets",
  assignment: "it was assigned to you",
  shared: "somebody wants you to look at it",
  status_changed: "it is assigned to you",
  verification_failed: "it is assigned to you, or you are on the list for failed fixes",
  critical_finding: "you manage this environment, or are on its list for critical findings",
  re_find: "it is assigned to you",
  acceptance_expiring: "it is assigned to you, or you approved it",
  escalation: "the ticket is assigned to you, you manage this environment, or are on its list for escalations",
} as const satisfies Record<NoticeEvent, string>;

const LETTER = { finding: "F", ticket: "T" } as const;
const PATHS = { finding: "findings", ticket: "tickets" } as const;

const nameOf = ({ type, number }: ToldItem) => `${LETTER[type]}-${number}`;

/** "F-12 SQL injection in login: false positive" */
function lineOf(item: ToldItem): string {
  const { title, deed, to, reason } = item;
  const what = DEED_WORDS[deed]?.({ to, reason }) ?? null;
  return `${nameOf(item)} ${storable(title, 200)}${what === null ? "" : `: ${what}`}`;
}

/** Why one gets it. Where only some have a reason of their own, they are named with it; it holds for all that are not shown, as it gives that of the others too. */
function whyOf({ event, count, items }: Told): string {
  const apart = items.filter(({ deed }) => Object.hasOwn(DEEDS_APART, deed));
  const own = [...new Set(apart.flatMap(({ deed }) => DEEDS_APART[deed]?.why ?? []))].join("; ");
  if (own === "") return WHY[event];
  if (apart.length === items.length || count > items.length) return own;
  return `${WHY[event]}; ${apart.map(nameOf).join(", ")} because ${own}`;
}

/** What a person reads, in the application and in a letter; `lines` carry where each leads, below the environment. Texts are plain: whoever prints them escapes them. */
export function letterOf(told: Told): Letter {
  const { event, count, items, by, scan } = told;
  const [first] = items;
  const lines = items.map((item) => ({ text: lineOf(item), path: `${PATHS[item.type]}/${item.number}` }));
  const apart = items.flatMap(({ deed }) => DEEDS_APART[deed] ?? [])[0];
  const title = count === 1 && first ? `${apart?.label ?? NOTICE_EVENTS[event].label}: ${lineOf(first)}` : MANY[event](count.toLocaleString("en"));
  const source = [scan === null ? null : `scan ${scan}`, by === null ? null : `by ${by}`].filter((one) => one !== null).join(", ");
  const rest = count - items.length;
  return {
    title: storable(title, 300),
    body: [source, count > 1 ? lines.map(({ text }) => text).join("\n") : "", rest > 0 ? `and ${rest.toLocaleString("en")} more` : ""].filter((line) => line !== "").join("\n"),
    why: whyOf(told),
    lines,
  };
}

const escaped = (text: string) => text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);

/** A subject line carries no line breaks: a title from outside could add headers by them. */
const oneLine = (text: string) => storable(text.replace(/\p{Cc}+/gu, " "), 200);

export type Written = { subject: string; text: string; html: string; headers: Readonly<Record<string, string>> };

/** The letter as it is sent: plain and HTML, links and no secrets, and where one says that one does not want it. `home` is the address of the environment. */
export function write(letter: Letter, { home, environment }: { home: string; environment: string }): Written {
  const choices = `${home}/settings#messages`;
  const foot = `You get this because ${letter.why}.`;
  const listed = letter.lines.map(({ text, path }) => `- ${text}\n  ${home}/${path}`).join("\n");
  return {
    subject: oneLine(`[${environment}] ${letter.title}`),
    text: `${letter.title}\n\n${letter.body === "" ? "" : `${letter.body}\n\n`}${listed}\n\n${foot}\nChange what you get: ${choices}\n`,
    html: `<!doctype html><html lang="en"><body style="font:15px/1.5 system-ui,sans-serif;color:#1c2430;max-width:42rem"><p style="font-weight:600">${escaped(letter.title)}</p>`
      + (letter.body === "" ? "" : `<p style="white-space:pre-line">${escaped(letter.body)}</p>`)
      + `<ul>${letter.lines.map(({ text, path }) => `<li><a href="${escaped(`${home}/${path}`)}">${escaped(text)}</a></li>`).join("")}</ul>`
      + `<p style="color:#5b6472;font-size:13px">${escaped(foot)} <a href="${escaped(choices)}">Change what you get</a>.</p></body></html>`,
    headers: { "List-Unsubscribe": `<${choices}>`, "Auto-Submitted": "auto-generated" },
  };
}
