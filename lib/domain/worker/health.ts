import { JOBS } from "@/lib/domain/jobs";

/** What each background job does, in words. A job that is not here is called by its name. */
const JOB_LABELS: Readonly<Record<string, string>> = {
  "run-import": "Import of a report",
  "run-bulk": "Bulk action",
  "expire-acceptances": "Acceptances that run out",
  "flag-follow-ups": "Reviews and follow-ups that are due",
  "enrich-findings": "KEV and EPSS",
  "deliver-tickets": "Tickets to a tracker",
  "deliver-due-tickets": "Tickets that are due",
  "read-hooks": "What trackers tell",
  "poll-trackers": "Asking trackers",
  "propose-reopenings": "Proposals to reopen",
  "tell-people": "Messages",
  "send-mail": "E-mail",
  "remove-files": "Old report files",
  tidy: "Tidying up",
};

export const jobLabel = (name: string): string => JOB_LABELS[name] ?? name;

/** Jobs that work for one environment: what went wrong in them is told there alone. */
export const ENVIRONMENT_JOBS: readonly string[] = Object.entries(JOBS).filter(([, schema]) => Object.keys(schema.shape).length > 0).map(([name]) => name);

/** Tickets that wait to be made before it counts as a backlog, and for how many minutes the oldest may. */
export const CREATION_BACKLOG = 100;
const CREATION_MINUTES = 30;
const HANDOVER_MINUTES = 1;
const MAIL_MINUTES = 15;

/** What the health of the background work is judged by; ages in milliseconds, null: nothing waits. */
export type HealthFacts = {
  workersUp: number;
  outbox: { waiting: number; age: number | null };
  creations: { waiting: number; age: number | null };
  mails: { waiting: number; failed: number; age: number | null };
  importsFailed: number; jobsDead: number;
  trackers: readonly { name: string; isUnreachable: boolean }[];
  broken: readonly string[];
};

/** Where a warning leads, below the environment's address. */
export type HealthWarning = { text: string; next: string; path: string | null };

const minutes = (age: number | null): number => (age === null ? 0 : age / 60_000);
const counted = (count: number, one: string, many = `${one}s`): string => `${count.toLocaleString("en")} ${count === 1 ? one : many}`;

/** What somebody should look at, the worst first; empty: all is well. */
export function healthWarnings(facts: HealthFacts): HealthWarning[] {
  const { outbox, creations, mails } = facts;
  const all: readonly (readonly [boolean, string, string, string | null])[] = [
    [facts.broken.length > 0, `Records contradict each other: ${facts.broken.join(", ")}`, "Keep a copy of the database, and tell whoever operates it.", null],
    [facts.workersUp === 0, "No worker is up: nothing is imported, sent or mailed", "Start one (npm start, or npm run worker); what waits is done then.", null],
    [outbox.waiting > 0 && minutes(outbox.age) > HANDOVER_MINUTES, `${counted(outbox.waiting, "job")} not handed to the workers`, "A worker hands them on as soon as one is up.", null],
    ...facts.trackers.filter(({ isUnreachable }) => isUnreachable).map(({ name }) => [true, `Ticketing API unavailable: ${name}`, "Test the connector: it says what to mend.", "settings/connectors"] as const),
    [creations.waiting >= CREATION_BACKLOG || minutes(creations.age) > CREATION_MINUTES, `Ticket creation backlog: ${counted(creations.waiting, "ticket waits", "tickets wait")} to be made in a tracker`, "The deliveries say what each waits for.", "settings/deliveries"],
    [facts.jobsDead > 0, `${counted(facts.jobsDead, "job")} given up after every attempt`, "Read the error, mend it, and try again below.", null],
    [facts.importsFailed > 0, `${counted(facts.importsFailed, "import")} failed in the last 24 hours`, "Each says what was wrong with its report.", "scans"],
    [mails.failed > 0 || minutes(mails.age) > MAIL_MINUTES, mails.failed > 0 ? `${counted(mails.failed, "letter")} not taken by the mail server` : `${counted(mails.waiting, "letter waits", "letters wait")} for the mail server`, "Look at SMTP_URL and at the mail server.", null],
  ];
  return all.filter(([holds]) => holds).map(([, text, next, path]) => ({ text, next, path }));
}
