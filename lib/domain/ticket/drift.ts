import type { SentWords } from "./sent";
import type { Recorded } from "./there";
import type { Destination } from "./words";

/** What may differ between here and the tracker. `merged`: over there another issue stands for it, since it was merged into that or is its duplicate. */
export const DRIFT_FIELDS = ["title", "severity", "assignee", "priority", "labels", "merged"] as const;
export type DriftField = (typeof DRIFT_FIELDS)[number];
export const DRIFT_LABELS = { title: "Title", severity: "Severity", assignee: "Assignee", priority: "Priority", labels: "Labels", merged: "Merged or duplicate" } as const satisfies Record<DriftField, string>;

type Rule = {
  /** Its value over there may be taken over here. The severity is the findings' and never is. */
  accepted: boolean;
  /** Ours may be sent again: a change of it is sent at all. */
  pushed: boolean;
};

/** What may be done about each difference; to record it, and let it be, may always be done. */
export const DRIFT_RULES = {
  title: { accepted: true, pushed: true },
  severity: { accepted: false, pushed: true },
  assignee: { accepted: true, pushed: true },
  priority: { accepted: false, pushed: true },
  labels: { accepted: true, pushed: true },
  merged: { accepted: false, pushed: false },
} as const satisfies Record<DriftField, Rule>;

/** Destinations where what was made is changed from here. */
const CHANGED_FROM_HERE: readonly Destination[] = ["jira_cloud", "jira_dc", "servicenow", "github"];
export const isChangedFromHere = (destination: Destination): boolean => CHANGED_FROM_HERE.includes(destination);

/** What may be done about a difference in this field, in the order of the buttons: take theirs, send ours, or let it be. */
export function driftDeeds(field: DriftField, destination: Destination): ("accept" | "push" | "record")[] {
  const { accepted, pushed } = DRIFT_RULES[field];
  return [...(accepted ? ["accept" as const] : []), ...(pushed && isChangedFromHere(destination) ? ["push" as const] : []), "record"];
}

/** How a ticket stands here; `assignee` by e-mail and by name. */
export type Ours = { title: string; severity: string; assignee: string | null; assigneeName: string | null; priority: string; labels: readonly string[] };
/** `sent`: what it was last told; of what it never was told, any difference is one. `people`: user names over there by e-mail, where they are known. */
export type Compared = { ours: Ours; sent: SentWords | null; there: Recorded; priorities?: Readonly<Record<string, string>> | undefined; people?: Readonly<Record<string, string>> | undefined };

const squeezed = (text: string): string => text.replace(/\s+/g, " ").trim();
/** The shortest title that a destination cuts ours to. */
const CUT = 160;
const isSameTitle = (ours: string, theirs: string): boolean => squeezed(ours) === squeezed(theirs) || (squeezed(theirs).length >= CUT - 1 && squeezed(ours).startsWith(squeezed(theirs)));

/** Labels of our making: where it comes from, how severe it is, the mark by which it is found. */
const isOwnMark = (label: string): boolean => /^docket(-|$|[0-9a-f]{20}$)|^severity[-:]/i.test(label);
export const peoplesLabels = (labels: readonly string[], priorities: Compared["priorities"] = {}): string[] => labels.filter((label) => !isOwnMark(label) && !Object.values(priorities).includes(label));
/** The same as they may stand here. */
export const theirLabels = (labels: readonly string[], priorities?: Compared["priorities"]): string[] => peoplesLabels(labels, priorities).map((label) => label.toLowerCase()).sort();
/** The shortest label that a destination cuts ours to. */
export const LABEL_CUT = 50;
const cut = (labels: readonly string[]): string => theirLabels(labels.map((label) => label.slice(0, LABEL_CUT))).join("\n");
const isSameList = (one: readonly string[], other: readonly string[]): boolean => cut(one) === cut(other);

/** The same person: by e-mail, by name, or by the part of the address before the @, as user names often are. */
export function isSamePerson(theirs: string, email: string | null, name: string | null): boolean {
  const said = theirs.trim().toLowerCase();
  return said === email?.toLowerCase() || said === name?.toLowerCase() || said === email?.toLowerCase().split("@")[0];
}

/** Whose user name this is; undefined: nobody's that is known. */
export const emailOf = (people: Compared["people"], login: string | null): string | undefined => Object.entries(people ?? {}).find(([, name]) => name.toLowerCase() === login?.toLowerCase())?.[0];

/**
 * The three ways of each field: how it stands here, what was sent last, how it stands there. It differs where they changed it, and to something else than
 * it is here. The severity differs whoever changed it: what the team says has to stand there. Null: over there it says nothing of the field.
 */
const DIFFERS: Readonly<Record<DriftField, (compared: Compared) => string | null>> = {
  title: ({ ours, sent, there: { title } }) => (title !== null && !(sent?.title !== undefined && isSameTitle(sent.title, title)) && !isSameTitle(ours.title, title) ? title : null),
  severity: ({ ours, there: { severity } }) => (severity !== null && severity !== ours.severity ? severity : null),
  assignee: ({ ours, sent, people, there: { assignee } }) => {
    const said = emailOf(people, assignee) ?? assignee;
    return said !== null && !isSamePerson(said, sent?.assignee ?? null, null) && !isSamePerson(said, ours.assignee, ours.assigneeName) ? assignee : null;
  },
  priority: ({ ours, sent, priorities, there: { priority } }) => {
    const [known] = Object.entries(priorities ?? {}).find(([, name]) => name === priority) ?? [];
    return known !== undefined && known !== sent?.priority && known !== ours.priority ? known : null;
  },
  labels: ({ ours, sent, priorities, there: { labels } }) => {
    const own = labels === null ? null : theirLabels(labels, priorities);
    return own !== null && !(sent?.labels && isSameList(own, sent.labels)) && !isSameList(own, ours.labels) ? own.join(", ") : null;
  },
  merged: ({ there: { merged } }) => merged,
};

/** Each field in which they differ, with what stands over there; what somebody recorded is silent until it changes again. */
export function driftOf(compared: Compared): { field: DriftField; theirs: string }[] {
  return DRIFT_FIELDS.flatMap((field) => {
    const theirs = DIFFERS[field](compared);
    return theirs === null || compared.there.silent[field] === theirs ? [] : [{ field, theirs }];
  });
}

/** What is still silent: a recorded difference that changed, or went, is told of again the next time. */
export function stillSilent(compared: Compared): Recorded["silent"] {
  return Object.fromEntries(DRIFT_FIELDS.flatMap((field) => {
    const kept = compared.there.silent[field];
    return kept !== undefined && DIFFERS[field](compared) === kept ? [[field, kept]] : [];
  }));
}
