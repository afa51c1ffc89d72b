import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { SEVERITIES, type Severity } from "@/lib/domain/finding/words";
import { storable } from "@/lib/domain/storable";
import { TrackerFault, type Delivered, type FaultKind, type Hook, type Left, type Outgoing, type TrackerAnswer } from "./contract";

const MOST_SAID = 500;

/** What went wrong, in the tracker's own words: the shapes in which Jira, GitHub and ServiceNow say it. */
const trouble = z.union([
  z.object({ errorMessages: z.array(z.string()), errors: z.record(z.string(), z.string()).default({}) })
    .transform(({ errorMessages, errors }) => [...errorMessages, ...Object.entries(errors).map(([field, said]) => `${field}: ${said}`)].join("; ")),
  z.object({ message: z.string(), errors: z.array(z.object({ field: z.string().optional(), code: z.string().optional(), message: z.string().optional() })).default([]) })
    .transform(({ message, errors }) => [message, ...errors.map((each) => [each.field, each.message ?? each.code].filter(Boolean).join(": "))].join("; ")),
  z.object({ error: z.object({ message: z.string(), detail: z.string().nullish() }) }).transform(({ error }) => [error.message, error.detail].filter(Boolean).join(": ")),
  z.object({ error: z.string() }).transform(({ error }) => error),
]);

/** A text as JSON; undefined where it is none. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function saidBy(text: string): string {
  const read = trouble.safeParse(parsed(text));
  const said = read.success ? read.data : /^\s*</.test(text) ? "a page of HTML" : text;
  return storable(said.replace(/[\s\p{C}]+/gu, " ").trim(), MOST_SAID);
}

/** Which trouble a status is, and what a person does about it. */
const BY_STATUS: Readonly<Record<number, readonly [FaultKind, string | null]>> = {
  401: ["credentials", "Give a user and a secret that it takes: the one it has was refused."],
  403: ["permission", "Let its user create, edit and comment there."],
  404: ["gone", "Look at the project or the table: it is not there, or its user does not see it."],
  410: ["gone", null],
  429: ["limited", null],
  407: ["credentials", "Something between here and there asks for a password."],
};

function kindOf({ status, headers }: TrackerAnswer): readonly [FaultKind, string | null] {
  const isLimited = status === 403 && (headers["retry-after"] !== undefined || headers["x-ratelimit-remaining"] === "0");
  if (isLimited) return ["limited", null];
  if (status >= 300 && status < 400) return ["invalid", "It points to another address: give that one."];
  if (status === 408 || status >= 500) return ["server", null];
  return BY_STATUS[status] ?? ["invalid", "Mend what it names in the settings of the connector, then send it again."];
}

/** For how many seconds it asks to be left alone: by the clock of its own answer where it names an instant. */
export function patienceOf(headers: Readonly<Record<string, string>>): number | null {
  const now = Date.parse(headers["date"] ?? "");
  const asked = headers["retry-after"] ?? "";
  const reset = headers["x-ratelimit-remaining"] === "0" ? Number(headers["x-ratelimit-reset"]) * 1_000 : NaN;
  const seconds = /^\d{1,9}$/.test(asked) ? Number(asked) : (Number.isNaN(Date.parse(asked)) ? reset : Date.parse(asked)) / 1_000 - now / 1_000;
  return Number.isFinite(seconds) ? Math.max(0, Math.ceil(seconds)) : null;
}

/** The trouble that an answer of another status than 2xx tells of. */
export function faultOf(answer: TrackerAnswer, what: string): TrackerFault {
  const [kind, fix] = kindOf(answer);
  const said = saidBy(answer.text);
  return new TrackerFault(kind, `${what}: status ${answer.status}${said ? `, ${said}` : ""}`, fix, kind === "limited" || kind === "server" ? patienceOf(answer.headers) : null);
}

/** What a good answer holds. @throws TrackerFault on another status, and where 2xx holds an error or something else: a write is in doubt then */
export function readAnswer<S extends z.ZodType>(answer: TrackerAnswer, schema: S, what: string, isWrite: boolean): z.output<S> {
  if (answer.status < 200 || answer.status >= 300) throw faultOf(answer, what);
  const body = parsed(answer.text);
  const read = schema.safeParse(body);
  if (read.success) return read.data;
  const said = trouble.safeParse(body);
  const message = `${what}: status ${answer.status}, but ${said.success && said.data ? `with an error inside: ${storable(said.data, MOST_SAID)}` : `the answer is not what it should be (${storable(saidBy(answer.text), 100)})`}`;
  throw new TrackerFault(isWrite ? "in_doubt" : "server", message, "Look at the address: it should be that of the interface, not of a sign-in page.");
}

/** A write whose answer says nothing but that it went well; an error inside one is an error. */
export function expectDone(answer: TrackerAnswer, what: string): void {
  if (answer.status < 200 || answer.status >= 300) throw faultOf(answer, what);
  const said = trouble.safeParse(parsed(answer.text));
  if (said.success && said.data && !z.object({ id: z.union([z.string(), z.number()]) }).safeParse(parsed(answer.text)).success)
    throw new TrackerFault("invalid", `${what}: status ${answer.status}, but with an error inside: ${storable(said.data, MOST_SAID)}`);
  if (/^\s*</.test(answer.text)) throw new TrackerFault("credentials", `${what}: a page of HTML came back`, "Its sign-in page answers instead of its interface: look at the address, the user and the secret.");
}

/** The label that carries our severity, and by which a change of it over there is seen. */
export const severityLabel = (severity: Severity): string => `severity-${severity}`;
export const SEVERITY_MARKS: readonly string[] = SEVERITIES.map(severityLabel);
export const severityFrom = (labels: readonly string[]): Severity | null => SEVERITIES.find((severity) => labels.includes(severityLabel(severity))) ?? null;

/** Labels that every ticket carries: where it comes from, how severe it is. */
export const labelsOf = (own: readonly string[], severity: Severity): string[] => [...new Set(["docket", severityLabel(severity), ...own])];
/** Is this label among them? However it is spelled: trackers keep the case, and some compare without it. */
export const labelled = (labels: readonly string[], label: string): boolean => labels.some((one) => one.toLowerCase() === label.toLowerCase());
/** The word by which a ticket is found again. */
export const markerText = (marker: string): string => (marker.startsWith("docket") ? marker : `docket-${marker}`);

/** Whom it is given to stays as it is over there. @throws TrackerFault where a person asked for exactly that */
export function unassigned({ pushes }: Outgoing, why: string): readonly Left[] {
  if (pushes) throw new TrackerFault("invalid", why, "Assign it over there, or let the difference be.");
  return [{ field: "assignee", why: `The assignee stays as it is over there. ${why}` }];
}

/** An address below the one of the settings, its parts encoded. */
export const below = (address: string, ...parts: readonly string[]): string => `${address}/${parts.map(encodeURIComponent).join("/")}`;
export const basic = (user: string, secret: string): string => `Basic ${Buffer.from(`${user}:${secret}`).toString("base64")}`;

/** Was this signed with this secret: `sha256=` and an HMAC in hexadecimal, compared in constant time. */
export function isSignedBy({ headers, body }: Delivered, header: string, secret: string): boolean {
  const given = /^sha256=([0-9a-f]{64})$/i.exec(headers[header] ?? "")?.[1];
  return given !== undefined && secret !== "" && timingSafeEqual(createHmac("sha256", secret).update(body).digest(), Buffer.from(given, "hex"));
}

const timeOf = ({ headers }: Pick<Delivered, "headers">): string | undefined => headers["x-docket-timestamp"];
const timed = (delivery: Delivered): Buffer => (timeOf(delivery) === undefined ? delivery.body : Buffer.concat([Buffer.from(`${timeOf(delivery)}.`), delivery.body]));

/** When a delivery was sent, by the clock of its sender; null: it does not say. */
export function sentAtOf(headers: Delivered["headers"]): Date | null {
  const time = timeOf({ headers });
  if (time === undefined) return null;
  return /^\d{1,11}$/.test(time) ? new Date(Number(time) * 1_000) : new Date(0);
}

/**
 * How those sign who have no way of their own: `x-docket-signature` over the body, or over the seconds of `x-docket-timestamp`, a dot and the body, which lets
 * an old one be refused. `x-docket-delivery` names a delivery that has no such time; where there is one, what was signed names it: nobody sends it again under another name.
 */
export const OWN_WAY: Pick<Hook, "isSigned" | "sentAt" | "keyOf"> = {
  isSigned: (delivery, secret) => isSignedBy({ headers: delivery.headers, body: timed(delivery) }, "x-docket-signature", secret),
  sentAt: ({ headers }) => sentAtOf(headers),
  keyOf: (delivery) => (timeOf(delivery) === undefined ? (delivery.headers["x-docket-delivery"] ?? hashOf(delivery)) : hashOf({ ...delivery, body: timed(delivery) })),
};

/** The same bytes are the same delivery where nothing else names it. */
export const hashOf = ({ body }: Delivered): string => createHash("sha256").update(body).digest("hex");

/** Values of further fields: what reads as JSON is JSON, the rest is text. */
export function furtherFields(fields: Readonly<Record<string, string>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, /^\s*[[{"\d]|^\s*(true|false|null)\s*$/.test(value) ? (parsed(value) ?? value) : value]));
}

/** An instant as trackers write it; null where it is none. */
export function instantOf(text: string | null | undefined): Date | null {
  const at = new Date((text ?? "").replace(/^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)$/, "$1T$2Z"));
  return Number.isNaN(at.getTime()) ? null : at;
}
